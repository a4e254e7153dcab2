import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/**
 * A device's way to the server, which can be cut and mended: a proxy that passes bytes on and understands none, as a
 * mobile net does. What is cut is cut at once, at both ends; until it is mended nothing gets through.
 */
export class Cable {
  readonly #proxy: Server;
  readonly #ends = new Set<Socket>();
  #is_cut = false;

  private constructor(proxy: Server) {
    this.#proxy = proxy;
    proxy.on("connect", (request, near: Socket) => {
      const [host = "", port = ""] = (request.url ?? "").split(":");
      if (this.#is_cut || host !== "localhost") {
        near.destroy();
        return;
      }
      const far = connect(Number(port), "127.0.0.1", () => near.write("HTTP/1.1 200 Connected\r\n\r\n"));
      for (const [end, other] of [[near, far], [far, near]] as const) {
        this.#ends.add(end);
        end.pipe(other);
        end.on("error", () => other.destroy());
        end.on("close", () => {
          this.#ends.delete(end);
          other.destroy();
        });
      }
    });
  }

  static async lay(): Promise<Cable> {
    const cable = new Cable(createServer());
    cable.#proxy.listen(0, "127.0.0.1");
    await once(cable.#proxy, "listening");
    return cable;
  }

  /** As a browser's proxy. */
  get address(): string {
    return `http://127.0.0.1:${(this.#proxy.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#is_cut = true;
    for (const end of this.#ends) end.destroy();
  }

  mend(): void {
    this.#is_cut = false;
  }

  async take_away(): Promise<void> {
    this.cut();
    this.#proxy.close();
    await once(this.#proxy, "close");
  }
}
