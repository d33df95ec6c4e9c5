import { acknowledgeDoor, addNoteDoor, getBreachDoor, listBreachesDoor, recordCauseDoor, reopenBreachDoor } from '@/lib/breach/doors';
import { actByLinkDoor } from '@/lib/breach/link/doors';
import { changePolicyDoor, endPolicyDoor, getPolicyDoor, listPoliciesDoor, makePolicyDoor } from '@/lib/breach/policy/doors';
import {
  budgetHistoryDoor,
  budgetRefusalsDoor,
  burnUpDoor,
  explainFigureDoor,
  getBudgetDoor,
  getThresholdsDoor,
  listBudgetsDoor,
} from '@/lib/budget/doors';
import {
  changeActionDoor,
  endActionDoor,
  getActionDoor,
  listActionsDoor,
  makeActionDoor,
  previewActionDoor,
  startActionDoor,
} from '@/lib/containment/doors';
import { followEvents } from '@/lib/event/doors';
import { evaluateFlagDoor, evaluateFlagsDoor } from '@/lib/flag/doors';
import { gatewayDoors } from '@/lib/gateway/doors';
import type { Door } from '@/lib/http/door';
import { dataHealthDoor, listRejectedDoor, listSecondSourcesDoor } from '@/lib/insight/data/doors';
import { freshnessDoor, movedDoor, overviewDoor } from '@/lib/insight/overview/doors';
import { listUsageDoor, usageCsvDoor } from '@/lib/insight/records-doors';
import { spendCsvDoor, spendDoor } from '@/lib/insight/spend-doors';
import { confirmDoor, getTemplateDoor, leaveDoor, listTemplatesDoor, subscribeDoor, takeHelpDoor } from '@/lib/lead/doors';
import {
  deleteChannel,
  getChannel,
  getChannels,
  patchChannel,
  postChannel,
  rotateChannelSecret,
  testChannel,
} from '@/lib/notice/channel/doors';
import { getMyNotices, getNotice, getNotices, postResend, postSeen } from '@/lib/notice/doors';
import { getOrganisation, getRates, putRate } from '@/lib/org/doors';
import { getKey, getKeys, postKey } from '@/lib/org/key/doors';
import { deleteMember, getMember, getMembers, patchMe, patchMember, postJoin, postMember } from '@/lib/org/member/doors';
import { postSessionOrganisation } from '@/lib/org/session/doors';
import { generateDashboardDoor, readBriefDoor, saveBriefDoor } from '@/lib/playbook/brief/doors';
import {
  breachSignalsDoor,
  downloadGuideDoor,
  downloadPlaybookDoor,
  getPlaybookDoor,
  listPlaybooksDoor,
  reviewPlaybookDoor,
  tickStepDoor,
} from '@/lib/playbook/doors';
import { readImplementationDoor } from '@/lib/playbook/implementation/doors';
import { listPricesDoor } from '@/lib/price/doors';
import { deleteProvider, getProvider, getProviders, patchProvider, postProvider } from '@/lib/provider/doors';
import {
  addCheckDoor,
  answerRoomDoor,
  changePlanDoor,
  closePlanDoor,
  getPlanDoor,
  listPlansDoor,
  notePlanDoor,
  signOffDoor,
  tickCheckDoor,
} from '@/lib/recovery/doors';
import { reportDoor, reportMarkdownDoor } from '@/lib/recovery/report/doors';
import { liftStopDoor, resumeDoor, stepBackDoor } from '@/lib/recovery/stage/doors';
import { deleteSample, getSample, postSample } from '@/lib/sample/doors';
import { deleteKey, patchOrganisation, postSetUp } from '@/lib/setup/doors';
import { authorizeDoor, releaseDoor, settleDoor } from '@/lib/spend/decide/doors';
import { approveGrantDoor, askForGrantDoor, endGrantDoor, getGrantDoor, listGrantsDoor } from '@/lib/spend/grant/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { endLeaseDoor, giveLeaseDoor, settleLeaseDoor } from '@/lib/spend/lease/doors';
import {
  addFeatureDoor,
  changeBudgetDoor,
  changeWorkloadDoor,
  endBudgetDoor,
  makeBudgetDoor,
  makeWorkloadDoor,
  setThresholdsDoor,
  stopByHandDoor,
} from '@/lib/spend/limit/doors';
import { addOutcomeDoor } from '@/lib/spend/outcome/doors';
import { listProofsDoor, proveLedgerDoor } from '@/lib/spend/proof/doors';
import { addPriceDoor, endPriceDoor, previewPricesDoor } from '@/lib/spend/reprice/doors';
import { abortPlanDoor } from '@/lib/spend/resume/doors';
import { getStopDoor, listStopsDoor } from '@/lib/stop/doors';
import { proposeSplitDoor, readValueDoor, setTargetDoor } from '@/lib/value/doors';
import { getWorkloadDoor, listWorkloadsDoor } from '@/lib/workload/doors';
import { getAudit, getAuditVerified } from './audit';
import { getLive, getMetrics, getReady } from './health';
import { getMe } from './me';
import { openApiDoor } from './openapi-door';

export const getOpenApi = openApiDoor(() => doors);

/** Every door there is: the front opens the hot ones, Next's routes all of them, and the OpenAPI document lists them. */
export const doors: readonly Door[] = [
  ...[getLive, getReady, getMetrics, getOpenApi],
  ...[postSetUp, getMe, patchMe, postSessionOrganisation, getOrganisation, patchOrganisation, getRates, putRate],
  ...[getMembers, getMember, postMember, patchMember, deleteMember, postJoin],
  ...[getKeys, getKey, postKey, deleteKey],
  ...[getAudit, getAuditVerified],
  ...[followEvents, getNotices, getMyNotices, postSeen, getNotice, postResend],
  ...[getChannels, getChannel, postChannel, patchChannel, deleteChannel, testChannel, rotateChannelSecret],
  ...[getProviders, getProvider, postProvider, patchProvider, deleteProvider],
  ...[listPricesDoor, addPriceDoor, previewPricesDoor, endPriceDoor],
  ...[listBudgetsDoor, getBudgetDoor, makeBudgetDoor, changeBudgetDoor, endBudgetDoor, getThresholdsDoor, setThresholdsDoor],
  ...[budgetHistoryDoor, burnUpDoor, explainFigureDoor, budgetRefusalsDoor],
  ...[listPlansDoor, getPlanDoor, changePlanDoor, answerRoomDoor, resumeDoor, stepBackDoor, abortPlanDoor, signOffDoor, notePlanDoor],
  ...[addCheckDoor, tickCheckDoor, closePlanDoor, reportDoor, reportMarkdownDoor],
  ...[listGrantsDoor, askForGrantDoor, getGrantDoor, approveGrantDoor, endGrantDoor],
  ...[listStopsDoor, getStopDoor, stopByHandDoor, liftStopDoor],
  ...[listActionsDoor, getActionDoor, previewActionDoor, makeActionDoor, startActionDoor, changeActionDoor, endActionDoor],
  ...[listBreachesDoor, getBreachDoor, acknowledgeDoor, recordCauseDoor, addNoteDoor, reopenBreachDoor, actByLinkDoor],
  ...[listPoliciesDoor, getPolicyDoor, makePolicyDoor, changePolicyDoor, endPolicyDoor],
  ...[listWorkloadsDoor, getWorkloadDoor, makeWorkloadDoor, changeWorkloadDoor, addFeatureDoor],
  ...[ingestUsageDoor, addOutcomeDoor],
  ...[spendDoor, spendCsvDoor, listUsageDoor, usageCsvDoor],
  ...[overviewDoor, movedDoor, freshnessDoor],
  ...[dataHealthDoor, listRejectedDoor, listSecondSourcesDoor, listProofsDoor, proveLedgerDoor],
  ...[authorizeDoor, settleDoor, releaseDoor],
  ...[listPlaybooksDoor, getPlaybookDoor, tickStepDoor, reviewPlaybookDoor, downloadPlaybookDoor, downloadGuideDoor],
  ...[readValueDoor, setTargetDoor, proposeSplitDoor],
  ...[takeHelpDoor, subscribeDoor, confirmDoor, leaveDoor, listTemplatesDoor, getTemplateDoor],
  ...[readImplementationDoor, breachSignalsDoor],
  ...[readBriefDoor, saveBriefDoor, generateDashboardDoor],
  ...[giveLeaseDoor, settleLeaseDoor, endLeaseDoor],
  ...[evaluateFlagDoor, evaluateFlagsDoor],
  ...gatewayDoors,
  ...[getSample, postSample, deleteSample],
];
