// Printed by `npm run generate` from src/steps/push.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Push an image under a tag of the scheme, with everything attached to it, and never move a tag. See ferryPush.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'push', [:], [image: 'image', digest: 'digest', tag: 'text', changed: 'switch']).run(args)
}
