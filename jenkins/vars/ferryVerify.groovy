// Printed by `npm run generate` from src/steps/verify.ts. Edit that, not this.
import io.kubeferry.FerryStep

// Verify that an image is signed by one of the keys; fails when it is not proven. See ferryVerify.txt.
def call(Map args = [:]) {
    return new FerryStep(this, 'verify', [:], [digest: 'digest', verified: 'switch']).run(args)
}
