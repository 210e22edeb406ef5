import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runtimeForTests } from '../registry/for-tests.js'
import { nodeForTests, signer } from './for-tests.js'
import type { ServedNode } from './serve.js'

/**
 * What is used here of `@threefold/tfchain_client` 2.9.2. Its own declarations would bring a second @polkadot/api along, with
 * augmentations for a later chain.
 *
 * Compared with the metadata of 144: of the 38 calls that the client submits, 144 has all but `cancelContractCollective`, with
 * the same arguments in the same order; of the 31 storage items that it reads, all but `contractPaymentState`. It has no method
 * for `create_node`, which nodes submit: that goes through its generic `applyExtrinsic`.
 */
interface Extrinsic {
  readonly method: { readonly section: string; readonly method: string }
}
interface Made<T> extends Extrinsic {
  readonly apply: () => Promise<T>
}
interface TfchainClient {
  readonly address: string
  readonly api: {
    readonly tx: Readonly<Record<string, Readonly<Record<string, (...args: readonly unknown[]) => Extrinsic>>>>
    readonly runtimeVersion: { readonly specVersion: { readonly toNumber: () => number } }
  }
  readonly connect: () => Promise<void>
  readonly disconnect: () => Promise<void>
  readonly applyExtrinsic: (extrinsic: Extrinsic) => Promise<unknown>
  readonly termsAndConditions: { readonly accept: (o: { documentLink: string; documentHash: string }) => Promise<Made<void>> }
  readonly twins: {
    readonly create: (o: { relay: string; pk: string }) => Promise<Made<Twin>>
    readonly getMyTwinId: () => Promise<number>
  }
  readonly farms: {
    readonly create: (o: { name: string; publicIps: readonly { ip: string; gw: string }[] }) => Promise<Made<Farm>>
    readonly addFarmIp: (o: { farmId: number; ip: string; gw: string }) => Promise<Made<Farm>>
    readonly get: (o: { id: number }) => Promise<Farm>
  }
  readonly nodes: { readonly get: (o: { id: number }) => Promise<{ farmId: number; twinId: number; serialNumber: string }> }
  readonly contracts: {
    readonly createNode: (o: {
      nodeId: number
      hash: string
      data: string
      numberOfPublicIps: number
      solutionProviderId?: number
    }) => Promise<Made<Contract>>
    readonly createName: (o: { name: string }) => Promise<Made<Contract>>
    readonly createRent: (o: { nodeId: number; solutionProviderId?: number }) => Promise<Made<Contract>>
    readonly cancel: (o: { id: number }) => Promise<Made<number> | undefined>
    readonly cancelCollective: (o: { id: number }) => Promise<unknown>
    readonly get: (o: { id: number }) => Promise<Contract | null>
    readonly getContractIdByName: (o: { name: string }) => Promise<number>
    readonly getActiveContracts: (o: { nodeId: number }) => Promise<readonly number[]>
    readonly getContractPaymentState: (id: number) => Promise<unknown>
  }
  readonly balances: {
    readonly transfer: (o: { address: string; amount: number }) => Promise<Made<number>>
    readonly get: (o: { address: string }) => Promise<{ free: number }>
  }
  readonly utility: { readonly batchAll: (extrinsics: readonly Extrinsic[]) => Promise<readonly unknown[]> }
  readonly council: { readonly members: () => Promise<readonly string[]> }
}
interface Twin {
  readonly id: number
  readonly accountId: string
  readonly relay: string
}
interface Farm {
  readonly id: number
  readonly twinId: number
  readonly publicIps: readonly { readonly ip: string; readonly gateway: string; readonly contractId: number }[]
}
interface Contract {
  readonly contractId: number
  readonly twinId: number
  readonly state: unknown
  readonly contractType: Readonly<Record<string, unknown>>
}

/** On Node its ESM build cannot be imported; the CommonJS one is what people use. */
const require = createRequire(import.meta.url)

describe.skipIf((await runtimeForTests('144')) === undefined)('@threefold/tfchain_client 2.9.2, as it was published', () => {
  let served: ServedNode
  let client: TfchainClient
  beforeAll(async () => {
    // It tells every event on standard output.
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { Client } = require('@threefold/tfchain_client') as {
      readonly Client: new (options: { url: string; mnemonicOrSecret: string }) => TfchainClient
    }
    // It waits for `inBlock` alone, which polkadot-js does not tell any more when `finalized` came first.
    served = await nodeForTests({ finalityLagMs: 10_000 })
    client = new Client({ url: served.endpoint, mnemonicOrSecret: '//Eve' })
    await client.connect()
  })
  afterAll(async () => {
    await client.disconnect()
    await served.close()
    vi.restoreAllMocks()
  })
  const hash = 'a'.repeat(32)

  test('connects as //Eve', async () => {
    expect(client.address).toBe((await signer('//Eve')).address)
    expect(client.api.runtimeVersion.specVersion.toNumber()).toBe(144)
    expect(await client.council.members()).toHaveLength(2)
  })

  test('a refusal comes as TFChainError with section and error', async () => {
    const twin = await client.twins.create({ relay: 'relay.example.org', pk: 'key' })
    await expect(twin.apply()).rejects.toMatchObject({
      name: 'TFChainError',
      section: 'tfgridModule',
      keyError: 'UserDidNotSignTermsAndConditions',
    })
  })

  test('accepts the terms, creates a twin, a farm with IPs, and a node', async () => {
    await (await client.termsAndConditions.accept({ documentLink: 'https://example.org/terms', documentHash: hash })).apply()
    const twin = await (await client.twins.create({ relay: 'relay.example.org', pk: 'key' })).apply()
    expect(twin).toMatchObject({ id: 1, accountId: client.address, relay: 'relay.example.org' })
    expect(await client.twins.getMyTwinId()).toBe(1)
    const gw = '185.206.122.1'
    const farm = await (
      await client.farms.create({ name: 'farm-1', publicIps: ['33', '34'].map((last) => ({ ip: `185.206.122.${last}/24`, gw })) })
    ).apply()
    expect(farm).toMatchObject({ id: 1, twinId: 1, publicIps: [{ contractId: 0 }, { contractId: 0 }] })
    await (await client.farms.addFarmIp({ farmId: 1, ip: '185.206.122.35/24', gw })).apply()
    expect((await client.farms.get({ id: 1 })).publicIps.map(({ ip }) => ip)).toEqual([
      '185.206.122.33/24',
      '185.206.122.34/24',
      '185.206.122.35/24',
    ])
    const node = await client.applyExtrinsic(
      client.api.tx['tfgridModule']!['createNode']!(
        1,
        { hru: 2n ** 40n, sru: 2n ** 40n, cru: 8, mru: 2n ** 34n },
        { city: 'Ghent', country: 'Belgium', latitude: '51.05', longitude: '3.72' },
        [{ name: 'zos', mac: '00:1b:63:84:45:e6', ips: ['10.0.0.2'] }],
        ...[true, false, 'serial'],
      ),
    )
    expect(node).toMatchObject({ id: 1, farmId: 1, twinId: 1, resources: { cru: 8 }, certification: 'Diy' })
    expect(await client.nodes.get({ id: 1 })).toMatchObject({ farmId: 1, serialNumber: 'serial' })
  })

  test('node and name contracts live and are cancelled; the IP is reserved and free again', async () => {
    const options = { nodeId: 1, hash, data: 'workloads', numberOfPublicIps: 1 }
    const node = await (await client.contracts.createNode(options)).apply()
    expect(node).toMatchObject({ contractId: 1, twinId: 1, contractType: { nodeContract: { nodeId: 1, publicIps: 1 } } })
    const reserved = async (): Promise<readonly number[]> => (await client.farms.get({ id: 1 })).publicIps.map((ip) => ip.contractId)
    expect(await reserved()).toEqual([1, 0, 0])
    const name = await (await client.contracts.createName({ name: 'myname' })).apply()
    expect(name).toMatchObject({ contractId: 2, contractType: { nameContract: { name: 'myname' } } })
    expect(await client.contracts.getContractIdByName({ name: 'myname' })).toBe(2)
    expect(await client.contracts.getActiveContracts({ nodeId: 1 })).toEqual([1])
    await expect((await client.contracts.createName({ name: 'myname' })).apply()).rejects.toMatchObject({
      section: 'smartContractModule',
      keyError: 'NameExists',
    })
    for (const id of [1, 2]) {
      expect(await (await client.contracts.cancel({ id }))!.apply()).toBe(id)
      expect(await client.contracts.get({ id })).toBeNull()
      // The client looks a contract up before it cancels.
      expect(await client.contracts.cancel({ id })).toBeUndefined()
    }
    expect(await reserved()).toEqual([0, 0, 0])
    expect(await client.contracts.getContractIdByName({ name: 'myname' })).toBe(0)
  })

  test('a batch of contracts, a rent contract, and a transfer', async () => {
    const batch = await Promise.all(['first', 'second'].map((name) => client.contracts.createName({ name })))
    expect(await client.utility.batchAll(batch)).toMatchObject([{ contractId: 3 }, { contractId: 4 }])
    const rent = await (await client.contracts.createRent({ nodeId: 1 })).apply()
    expect(rent).toMatchObject({ contractId: 5, contractType: { rentContract: { nodeId: 1 } } })
    const nobody = (await signer('//Nobody')).address
    expect(await (await client.balances.transfer({ address: nobody, amount: 12_345_678 })).apply()).toBe(12_345_678)
    expect((await client.balances.get({ address: nobody })).free).toBe(12_345_678)
  })

  test('what came after 144 fails as it does on any node of 144', async () => {
    await expect(client.contracts.getContractPaymentState(3)).rejects.toThrow('contractPaymentState is not a function')
    await expect(client.contracts.cancelCollective({ id: 3 })).rejects.toThrow('You have to be a council member')
    expect(client.api.tx['smartContractModule']!['cancelContractCollective']).toBeUndefined()
  })
})
