/** How staff see personal data until they ask for more (PIPL 28–30; the form is fixed so that nobody learns the length). */
export function maskCitizenId(number: string): string {
	return `${number.slice(0, 6)}********${number.slice(-4)}`;
}

export function maskPhone(phone: string): string {
	return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** Surname and an asterisk: 何*. */
export function maskName(name: string): string {
	return `${Array.from(name)[0] ?? ''}*`;
}
