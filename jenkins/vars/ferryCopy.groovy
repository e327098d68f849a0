// Printed by `npm run generate` from src/steps/copy.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Copy an image, or all tags of a repository, to any other place; nothing is rewritten. See ferryCopy.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'copy', [:], [image: 'image', digest: 'digest', changed: 'switch', tags: 'number', bytes: 'number', referrers: 'number']).run(args)
}
