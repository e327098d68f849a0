/** Lists the tags of a repository, or of a layout on disk. `node list-tags.ts registry.example.com/team/app` */
import { createClient, freeCall, usualCredentials } from 'kubeferry'

const [where = ''] = process.argv.slice(2)

using client = createClient({ credentials: usualCredentials(process.env) })
const { target } = client.open(where)
for await (const tag of target.tags(freeCall())) console.log(tag)
