/** `变更申请书(新法定代表人签署)` as a name and what stands in brackets behind it. */
export function materialName(text: string): { name: string; remark: string | undefined } {
	const [, name, remark] = /^(.+?)[（(](.+)[）)]$/.exec(text) ?? [];
	return name === undefined ? { name: text, remark: undefined } : { name, remark };
}
