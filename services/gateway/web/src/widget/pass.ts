/**
 * The guest token: what makes the tabs of one browser one visitor.
 *
 * It is written to localStorage once the visitor has acted, never before. It is renewed often, but `guest` changes only
 * with the guest it names, so tabs that hear of a renewal go on, and tabs that hear of another guest connect anew.
 */

interface Pass { token: string; guest: string }

export class PassKeeper {
  private readonly name: string;
  private readonly local: Storage | null;
  private readonly newId: () => string;
  private pass: Pass | null;
  private acted: boolean;
  /** The token of the latest hello. */
  private shown: string | null = null;

  constructor(shop: string, local: Storage | null, newId: () => string) {
    this.name = `shopbell:${shop}:token`;
    this.local = local;
    this.newId = newId;
    this.pass = this.read();
    this.acted = this.pass !== null;
  }

  get token(): string | null {
    return this.pass?.token ?? null;
  }

  /** The guest who has acted; it changes only with the guest. */
  get guest(): string | null {
    return this.acted ? this.pass?.guest ?? null : null;
  }

  /** For a hello. */
  show(): string | null {
    this.shown = this.token;
    return this.shown;
  }

  /** A welcome renews the token, unless another tab has become another guest since our hello. */
  renew(token: string): void {
    const shared = this.acted ? this.read() : null;
    if (shared && shared.token !== this.shown && shared.guest !== this.pass?.guest) return;
    this.keep({ token, guest: this.pass?.guest ?? this.newId() });
  }

  /** A new conversation of a guest is a new guest's. */
  become(token: string): void {
    this.acted = true;
    this.keep({ token, guest: this.newId() });
  }

  /** The visitor acts: from here on there is a memory. True if another tab was first and we are another guest now. */
  act(): boolean {
    this.acted = true;
    const shared = this.read();
    if (shared && shared.guest !== this.pass?.guest) {
      this.pass = shared;
      return true;
    }
    if (this.pass) this.keep(this.pass);
    return false;
  }

  forget(): void {
    this.pass = null;
    this.acted = false;
    try {
      this.local?.removeItem(this.name);
    } catch {
      // It was not kept, then.
    }
  }

  /** Calls when another tab has become another guest. */
  watch(changed: () => void): void {
    addEventListener("storage", (event) => {
      if (event.key !== this.name || event.newValue === null) return;
      const shared = this.read();
      if (!shared) return;
      const other = shared.guest !== this.pass?.guest;
      this.pass = shared;
      this.acted = true;
      if (other) changed();
    });
  }

  private keep(pass: Pass): void {
    this.pass = pass;
    if (!this.acted) return;
    try {
      this.local?.setItem(this.name, JSON.stringify(pass));
    } catch {
      // Without storage the visitor is known as long as the page lives.
    }
  }

  private read(): Pass | null {
    try {
      const pass = JSON.parse(this.local?.getItem(this.name) ?? "null") as Pass | null;
      return typeof pass?.token === "string" && typeof pass.guest === "string" ? pass : null;
    } catch {
      return null;
    }
  }
}
