// Printed by `npm run generate` from src/steps/tag.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Read, write, sort and count tags of the form <env>-<version>-<build>. See ferryTag.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'tag', [:], [tag: 'text', environment: 'text', version: 'text', build: 'text', tags: 'list']).run(args)
}
