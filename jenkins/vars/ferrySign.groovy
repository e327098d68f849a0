// Printed by `npm run generate` from src/steps/sign.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Sign an image with a key: a Sigstore bundle attached to its digest, readable by cosign. See ferrySign.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'sign', [key: 'file', keyPassword: 'text'], [digest: 'digest', signatures: 'list', changed: 'switch']).run(args)
}
