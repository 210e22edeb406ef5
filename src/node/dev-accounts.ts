import type { AccountId } from '../../spec/kernel/shape.js'

/** The phrase behind every Substrate development account. It is public: never keep value behind it. */
export const devPhrase = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'

const account = (hex: string): AccountId => Buffer.from(hex, 'hex').toString('latin1') as AccountId

/** Derived from the phrase beforehand, since the library that derives takes longer to load than the node to start. A test derives them again. */
export const devAccounts: ReadonlyMap<string, AccountId> = new Map(
  Object.entries({
    '//Alice': 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d',
    '//Bob': '8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48',
    '//Charlie': '90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22',
    '//Dave': '306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20',
    '//Eve': 'e659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e',
    '//Ferdie': '1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c',
    '//Alice//stash': 'be5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f',
    '//Bob//stash': 'fe65717dad0447d715f660a0a58411de509b42e6efb8375f562f58a554d5860e',
    '//Charlie//stash': '1e07379407fecc4b89eb7dbd287c2c781cfb1907a96947a3eb18e4f8e7198625',
    '//Dave//stash': 'e860f1b1c7227f7c22602f53f15af80747814dffd839719731ee3bba6edc126c',
    '//Eve//stash': '8ac59e11963af19174d0b94d5d78041c233f55d2e19324665bafdfb62925af2d',
    '//Ferdie//stash': '101191192fc877c24d725b337120fa3edc63d227bbc92705db1e2cb65f56981a',
    // The author of every block: receives the fees, and signs what the off-chain worker submits.
    '//Validator': '28f8a14f3c22ac443b568ca248584de1fd18a61f57ce3da66f6bb24bb00c2c23',
  }).map(([uri, hex]) => [uri, account(hex)] as const),
)

export const devAuthor = devAccounts.get('//Validator')!

/** How a development key is written, for its account. */
export const uriOf = (who: AccountId): string | undefined => [...devAccounts].find(([, known]) => known === who)?.[0]
