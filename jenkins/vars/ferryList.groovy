// Printed by `npm run generate` from src/steps/list.ts. Edit that, not this.
import io.kubeferry.FerryStep

// List the tags of a repository: by environment, version and build, the others after them. See ferryList.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'list', [:], [count: 'number', newest: 'text', tags: 'list']).run(args)
}
