// Printed by `npm run generate` from src/steps/promote.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Give an image its next environment: same digest, evidence included. See ferryPromote.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'promote', [:], [image: 'image', digest: 'digest', changed: 'switch', applied: 'switch']).run(args)
}
