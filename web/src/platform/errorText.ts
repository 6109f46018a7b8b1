import { m } from '#paraglide/messages.js';
import { type ApiProblem, type ProblemCode } from './ApiProblem.ts';

/** What happened and what to do, for every code that a person can meet. */
interface ErrorText {
	what: () => string;
	remedy: () => string;
}

const TEXTS: Record<ProblemCode, ErrorText> = {
	'REQ-1001': { what: m.error_invalidInput_what, remedy: m.error_invalidInput_remedy },
	'REQ-1002': { what: m.error_malformedBody_what, remedy: m.error_malformedBody_remedy },
	'REQ-1003': { what: m.error_bodyTooLarge_what, remedy: m.error_bodyTooLarge_remedy },
	'REQ-1004': { what: m.error_notFound_what, remedy: m.error_notFound_remedy },
	'REQ-1005': { what: m.error_tooManyRequests_what, remedy: m.error_tooManyRequests_remedy },
	'REQ-1006': { what: m.error_unknownEvent_what, remedy: m.error_unknownEvent_remedy },
	'REQ-1007': { what: m.error_methodNotAllowed_what, remedy: m.error_methodNotAllowed_remedy },
	'REQ-1008': { what: m.error_queueFull_what, remedy: m.error_queueFull_remedy },
	'REQ-1009': { what: m.error_commandReused_what, remedy: m.error_commandReused_remedy },
	'REQ-1010': { what: m.error_foreignOrigin_what, remedy: m.error_foreignOrigin_remedy },
	'AUTH-2001': { what: m.error_wrongCredentials_what, remedy: m.error_wrongCredentials_remedy },
	'AUTH-2002': { what: m.error_lockedOut_what, remedy: m.error_lockedOut_remedy },
	'AUTH-2003': { what: m.error_notSignedIn_what, remedy: m.error_notSignedIn_remedy },
	'AUTH-2004': { what: m.error_signInRevoked_what, remedy: m.error_signInRevoked_remedy },
	'AUTH-2005': { what: m.error_accountDisabled_what, remedy: m.error_accountDisabled_remedy },
	'AUTH-2006': { what: m.error_passwordChangeRequired_what, remedy: m.error_passwordChangeRequired_remedy },
	'AUTH-2007': { what: m.error_weakPassword_what, remedy: m.error_weakPassword_remedy },
	'AUTH-2008': { what: m.error_notAllowed_what, remedy: m.error_notAllowed_remedy },
	'ORG-3001': { what: m.error_nameTaken_what, remedy: m.error_nameTaken_remedy },
	'ORG-3002': { what: m.error_unknownCounter_what, remedy: m.error_unknownCounter_remedy },
	'ORG-3003': { what: m.error_unknownWindow_what, remedy: m.error_unknownWindow_remedy },
	'ORG-3004': { what: m.error_staleVersion_what, remedy: m.error_staleVersion_remedy },
	'ORG-3005': { what: m.error_lastAdministrator_what, remedy: m.error_lastAdministrator_remedy },
	'ORG-3006': { what: m.error_tooManyWindows_what, remedy: m.error_tooManyWindows_remedy },
	'FORM-1102': { what: m.error_invalidUscc_what, remedy: m.error_invalidUscc_remedy },
	'FORM-1103': { what: m.error_invalidCitizenId_what, remedy: m.error_invalidCitizenId_remedy },
	'FORM-1104': { what: m.error_invalidPhone_what, remedy: m.error_invalidPhone_remedy },
	'FORM-1105': { what: m.error_personalNumber_what, remedy: m.error_personalNumber_remedy },
	'CASE-4001': { what: m.error_unknownItem_what, remedy: m.error_unknownItem_remedy },
	'CASE-4002': { what: m.error_unknownCase_what, remedy: m.error_unknownCase_remedy },
	'CASE-4003': { what: m.error_sameCity_what, remedy: m.error_sameCity_remedy },
	'CASE-4004': { what: m.error_guidanceOnly_what, remedy: m.error_guidanceOnly_remedy },
	'CALL-5001': { what: m.error_unknownSession_what, remedy: m.error_unknownSession_remedy },
	'CALL-5002': { what: m.error_alreadyAnswered_what, remedy: m.error_alreadyAnswered_remedy },
	'CALL-5003': { what: m.error_sessionOver_what, remedy: m.error_sessionOver_remedy },
	'CALL-5004': { what: m.error_notInThisState_what, remedy: m.error_notInThisState_remedy },
	'CALL-5005': { what: m.error_alreadyInSession_what, remedy: m.error_alreadyInSession_remedy },
	'CALL-5006': { what: m.error_caseInSession_what, remedy: m.error_caseInSession_remedy },
	'CALL-5007': { what: m.error_inAnotherPage_what, remedy: m.error_inAnotherPage_remedy },
	'CALL-5008': { what: m.error_noMediaNode_what, remedy: m.error_noMediaNode_remedy },
	'CALL-5009': { what: m.error_notARungParty_what, remedy: m.error_notARungParty_remedy },
	'MEDIA-6001': { what: m.error_invalidGrant_what, remedy: m.error_invalidGrant_remedy },
	'MEDIA-6002': { what: m.error_grantExpired_what, remedy: m.error_grantExpired_remedy },
	'MEDIA-6003': { what: m.error_wrongRoom_what, remedy: m.error_wrongRoom_remedy },
	'MEDIA-6004': { what: m.error_publishForbidden_what, remedy: m.error_publishForbidden_remedy },
	'MEDIA-6006': { what: m.error_lobbyOnly_what, remedy: m.error_lobbyOnly_remedy },
	'MEDIA-6008': { what: m.error_unknownProducer_what, remedy: m.error_unknownProducer_remedy },
	'MEDIA-6009': { what: m.error_unknownConsumer_what, remedy: m.error_unknownConsumer_remedy },
	'MEDIA-6010': { what: m.error_invalidRtp_what, remedy: m.error_invalidRtp_remedy },
	'MEDIA-6011': { what: m.error_superseded_what, remedy: m.error_superseded_remedy },
	'MEDIA-6012': { what: m.error_roomUnavailable_what, remedy: m.error_roomUnavailable_remedy },
	'MEDIA-6013': { what: m.error_peerLimit_what, remedy: m.error_peerLimit_remedy },
	'MEDIA-6014': { what: m.error_staleGrant_what, remedy: m.error_staleGrant_remedy },
	'NODE-7001': { what: m.error_nodeRefused_what, remedy: m.error_nodeRefused_remedy },
	'SYS-9001': { what: m.error_unavailable_what, remedy: m.error_unavailable_remedy },
	'SYS-9002': { what: m.error_databaseUnavailable_what, remedy: m.error_databaseUnavailable_remedy },
	'SYS-9003': { what: m.error_timeout_what, remedy: m.error_timeout_remedy },
	'SYS-9999': { what: m.error_internal_what, remedy: m.error_internal_remedy },
	'NET-8001': { what: m.error_unreachable_what, remedy: m.error_unreachable_remedy },
	'NET-8002': { what: m.error_badAnswer_what, remedy: m.error_badAnswer_remedy },
};

/** Why a sign-in is over. Only a stolen token is a reason to think of a stranger. */
const ENDED: Partial<Record<string, ErrorText>> = {
	signedOut: { what: m.error_ended_signedOut_what, remedy: m.error_ended_again },
	revoked: { what: m.error_ended_revoked_what, remedy: m.error_ended_revoked_remedy },
	passwordChanged: { what: m.error_ended_passwordChanged_what, remedy: m.error_ended_passwordChanged_remedy },
	passwordReset: { what: m.error_ended_passwordReset_what, remedy: m.error_ended_passwordReset_remedy },
	disabled: { what: m.error_accountDisabled_what, remedy: m.error_accountDisabled_remedy },
	theft: { what: m.error_ended_theft_what, remedy: m.error_ended_theft_remedy },
};

/** Words for a problem: code, what happened, what to do. Values that the hub sent stand in the words. */
export function errorText({ problem }: ApiProblem): { code: string; what: string; remedy: string } {
	const text: ErrorText = isKnown(problem.code) ? TEXTS[problem.code] : TEXTS['SYS-9999'];
	return {
		code: problem.code,
		what: what(problem.code, problem.params, text),
		remedy: remedy(problem.code, problem.params, text),
	};
}

/** One line: `FORM-1102 第 18 位校验不符，应为 3。请对照营业执照核对。` */
export function errorLine(error: ApiProblem): string {
	const { code, what, remedy } = errorText(error);
	return `${code} ${what}${/[。]$/.test(what) ? '' : ' '}${remedy}`;
}

type Params = ApiProblem['problem']['params'];

function what(code: string, params: Params, text: ErrorText): string {
	const expected = params?.['expected'];
	const ended = code === 'AUTH-2004' ? ENDED[String(params?.['reason'])] : undefined;
	if (ended) return ended.what();
	return code === 'FORM-1102' && expected !== undefined
		? m.error_uscc_expected({ expected: String(expected) })
		: text.what();
}

function remedy(code: string, params: Params, text: ErrorText): string {
	const minutes = params?.['minutes'];
	const ended = code === 'AUTH-2004' ? ENDED[String(params?.['reason'])] : undefined;
	if (ended) return ended.remedy();
	return code === 'AUTH-2002' && minutes !== undefined
		? m.error_locked_minutes({ minutes: String(minutes) })
		: text.remedy();
}

function isKnown(code: string): code is ProblemCode {
	return code in TEXTS;
}
