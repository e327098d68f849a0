// Printed by `npm run generate` from src/steps/build.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Make an image out of a directory: no daemon, no root, the same bytes every time. See ferryBuild.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'build', [:], [image: 'image', digest: 'digest', digests: 'list']).run(args)
}
