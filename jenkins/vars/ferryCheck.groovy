// Printed by `npm run generate` from src/steps/check.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Check that an image is whole where it is: every platform, blob and attachment; deep reads and hashes each byte. See ferryCheck.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'check', [:], [digest: 'digest', images: 'number', manifests: 'number', blobs: 'number', referrers: 'number', bytes: 'number']).run(args)
}
