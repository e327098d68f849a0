// Printed by `npm run generate` from src/steps/run.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Run the pipeline of ferry.yaml: build, push, sign, verify, promote in the order given there. See ferryRun.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'run', [key: 'file', keyPassword: 'text'], [image: 'image', digest: 'digest', steps: 'list']).run(args)
}
