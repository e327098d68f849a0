// Printed by `npm run generate` from src/steps/inspect.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Show what an image is: platforms, config, layers with sizes, annotations, and what is attached to it. See ferryInspect.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'inspect', [:], [digest: 'digest', mediaType: 'text', platforms: 'list', size: 'number', layers: 'number', referrers: 'number']).run(args)
}
