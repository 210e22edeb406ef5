/**
 * Every call of spec_version 144: its index in its pallet and what it weighs.
 *
 * Recorded from the runtime itself (`TransactionPaymentApi_query_info` of an extrinsic whose arguments are the defaults).
 * A row is index, reference time in picoseconds, proof size in bytes, and the class where it is not `Normal`. All calls
 * announce `Pays::Yes`; whether a call gives its fee back is known after dispatch. A row of the index alone depends on
 * the arguments: `callWeight` in spec/pallets/system/call-weight.ts knows how.
 * @source `weights.rs` of each pallet, with RocksDbWeight @439e6919, @polkadot-v0.9.42
 */
import { pick, type SpecVersion } from '../kernel/version.js'
import type { DispatchClassName } from '../pallets/system/weight.js'
import { CALLS_AT_123 } from './weights-123.js'

export type CallRow =
  readonly [index: number] | readonly [index: number, refTime: number, proofSize: number, dispatchClass?: DispatchClassName]

export type CallTable = Readonly<Record<string, Readonly<Record<string, CallRow>>>>

export const CALLS_AT_144: CallTable = {
  Timestamp: {
    set: [0, 161_099_000, 1_493, 'Mandatory'],
  },
  Utility: {
    batch: [0],
    asDerivative: [1],
    batchAll: [2],
    dispatchAs: [3],
    forceBatch: [4],
    withWeight: [5],
  },
  Scheduler: {
    schedule: [0, 160_372_323, 110_487],
    cancel: [1, 268_804_966, 110_487],
    scheduleNamed: [2, 290_936_820, 110_487],
    cancelNamed: [3, 298_978_198, 110_487],
    scheduleAfter: [4, 160_372_323, 110_487],
    scheduleNamedAfter: [5, 290_936_820, 110_487],
  },
  ValidatorSet: {
    addValidator: [0, 275_225_000, 1_624],
    removeValidator: [1, 170_484_000, 1_690],
    addValidatorAgain: [2, 172_780_000, 1_657],
  },
  Balances: {
    transferAllowDeath: [0, 185_307_000, 3_593],
    setBalanceDeprecated: [1, 148_225_000, 3_593],
    forceTransfer: [2, 307_688_000, 6_196],
    transferKeepAlive: [3, 168_933_000, 3_593],
    transferAll: [4, 175_832_000, 3_593],
    forceUnreserve: [5, 145_597_000, 3_593],
    upgradeAccounts: [6],
    transfer: [7, 185_307_000, 3_593],
    forceSetBalance: [8, 148_225_000, 3_593],
  },
  TfgridModule: {
    setStorageVersion: [0, 104_761_000, 0],
    createFarm: [1, 433_257_000, 3_961],
    updateFarm: [2, 310_336_000, 3_972],
    addStellarPayoutV2address: [3, 174_947_000, 3_918],
    setFarmCertification: [4, 146_594_000, 3_877],
    addFarmIp: [5, 180_257_000, 4_034],
    removeFarmIp: [6, 177_950_000, 4_034],
    createNode: [8, 875_706_000, 11_795],
    updateNode: [9, 343_161_000, 4_126],
    setNodeCertification: [10, 304_996_000, 11_846],
    reportUptime: [11, 128_529_000, 3_919],
    addNodePublicConfig: [12, 213_547_000, 4_244],
    deleteNode: [13, 492_140_000, 4_147],
    createEntity: [14, 575_000_000, 0],
    updateEntity: [15, 475_000_000, 0],
    deleteEntity: [16, 450_000_000, 0],
    createTwin: [17, 399_219_000, 3_700],
    updateTwin: [18, 174_548_000, 3_893],
    addTwinEntity: [19, 250_000_000, 0],
    deleteTwinEntity: [20, 225_000_000, 0],
    createPricingPolicy: [22, 371_397_000, 3_599],
    updatePricingPolicy: [23, 377_633_000, 3_847],
    createFarmingPolicy: [24, 244_643_000, 1_619],
    userAcceptTc: [25, 162_461_000, 3_605],
    deleteNodeFarm: [26, 656_898_000, 4_450],
    setFarmDedicated: [27, 147_643_000, 3_877],
    forceResetFarmIp: [28, 149_620_000, 3_877],
    setConnectionPrice: [29, 110_126_000, 0],
    addNodeCertifier: [30, 141_304_000, 1_840],
    removeNodeCertifier: [31, 144_182_000, 1_898],
    updateFarmingPolicy: [32, 146_756_000, 3_759],
    attachPolicyToFarm: [33, 212_189_000, 4_037],
    setZosVersion: [34, 139_275_000, 1_619],
    changePowerState: [35, 233_856_000, 4_086],
    changePowerTarget: [36, 233_763_000, 4_220],
    bondTwinAccount: [37, 144_507_000, 3_852],
    reportUptimeV2: [38, 128_289_000, 3_919],
    setNodeGpuStatus: [39, 202_113_000, 3_913],
  },
  SmartContractModule: {
    createNodeContract: [0, 1_224_124_000, 4_333],
    updateNodeContract: [1, 542_016_000, 4_357],
    cancelContract: [2, 1_063_183_000, 4_668],
    createNameContract: [4, 707_496_000, 3_805],
    addNruReports: [5, 354_222_000, 4_757],
    reportContractResources: [6, 223_914_000, 4_236],
    createRentContract: [7, 831_100_000, 4_333],
    createSolutionProvider: [8, 250_532_000, 1_522],
    approveSolutionProvider: [9, 154_486_000, 3_680],
    billContractForBlock: [10, 233_569_000, 4_681],
    serviceContractCreate: [11, 316_719_000, 6_335],
    serviceContractSetMetadata: [12, 186_518_000, 3_954],
    serviceContractSetFees: [13, 185_371_000, 3_954],
    serviceContractApprove: [14, 186_503_000, 3_967],
    serviceContractReject: [15, 187_826_000, 3_967],
    serviceContractCancel: [16, 184_600_000, 3_967],
    serviceContractBill: [17, 314_267_000, 6_781],
    changeBillingFrequency: [18, 142_649_000, 1_522],
    attachSolutionProviderId: [19, 221_180_000, 4_436],
    setDedicatedNodeExtraFee: [20, 273_978_000, 4_198],
  },
  TFTBridgeModule: {
    addBridgeValidator: [0, 145_233_000, 1_774],
    removeBridgeValidator: [1, 142_998_000, 1_807],
    setFeeAccount: [2, 105_051_000, 0],
    setWithdrawFee: [3, 104_493_000, 0],
    setDepositFee: [4, 104_876_000, 0],
    swapToStellar: [5, 476_009_000, 3_593],
    proposeOrVoteMintTransaction: [6, 563_671_000, 3_997],
    proposeBurnTransactionOrAddSig: [7, 217_948_000, 4_096],
    setBurnTransactionExecuted: [8, 304_777_000, 4_036],
    createRefundTransactionOrAddSig: [9, 187_525_000, 3_883],
    setRefundTransactionExecuted: [10, 310_316_000, 4_058],
  },
  TFTPriceModule: {
    setPrices: [0, 707_630_000, 6_175],
    setMinTftPrice: [2, 134_197_000, 1_578],
    setMaxTftPrice: [3, 134_147_000, 1_578],
  },
  BurningModule: {
    burnTft: [0, 174_647_000, 1_627],
  },
  TFKVStore: {
    set: [0, 115_410_000, 0],
    delete: [1, 148_587_000, 3_611],
  },
  Council: {
    setMembers: [0],
    execute: [1],
    propose: [2],
    vote: [3, 178_967_404, 10_805, 'Operational'],
    disapproveProposal: [5],
    close: [6],
  },
  CouncilMembership: {
    addMember: [0, 50_000_000, 0],
    removeMember: [1, 50_000_000, 0],
    swapMember: [2, 50_000_000, 0],
    resetMembers: [3, 50_000_000, 0],
    changeKey: [4, 50_000_000, 0],
    setPrime: [5, 50_000_000, 0],
    clearPrime: [6, 50_000_000, 0],
  },
  Dao: {
    propose: [0, 637_170_000, 4_687, 'Operational'],
    vote: [1, 268_672_000, 4_444, 'Operational'],
    veto: [2, 206_599_000, 4_687, 'Operational'],
    close: [3, 518_227_000, 4_687, 'Operational'],
  },
  Validator: {
    createValidatorRequest: [0, 145_728_000, 3_507],
    activateValidatorNode: [1, 421_151_000, 3_830],
    changeValidatorNodeAccount: [2, 437_171_000, 3_896],
    bond: [3, 143_269_000, 3_507],
    approveValidator: [4, 521_565_000, 4_687],
    removeValidator: [5, 540_453_000, 4_687],
  },
}

const history: readonly (readonly [SpecVersion, CallTable])[] = [
  [0, CALLS_AT_123],
  [144, CALLS_AT_144],
]
/** The calls of a version; before 144, those of 123 that are described there. */
export const callsAt = (version: SpecVersion): CallTable => pick(version, history)
