// Printed by `npm run generate` from src/steps/delete.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Delete tags, or images by digest with what is attached to them; nothing that another tag can reach. See ferryDelete.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'delete', [:], [planned: 'number', removed: 'number', changed: 'switch', applied: 'switch']).run(args)
}
