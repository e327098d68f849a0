// Printed by `npm run generate` from src/steps/repair.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Bring back what an image lacks or has damaged, by digest, from places that have it; no tag is touched. See ferryRepair.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'repair', [:], [faults: 'number', mended: 'number', changed: 'switch', applied: 'switch']).run(args)
}
