// Printed by `npm run generate` from src/steps/diff.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Show in what two images differ: platforms, config, layers, annotations, attachments, and packages where both have an SBOM. See ferryDiff.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'diff', [:], [same: 'switch', differences: 'number', packages: 'number', leftDigest: 'digest', rightDigest: 'digest']).run(args)
}
