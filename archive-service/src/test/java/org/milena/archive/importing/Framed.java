package org.milena.archive.importing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.milena.common.mail.RawMessage;

/** Messages as a request carries them. */
public final class Framed {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static byte[] of(List<RawMessage> messages) {
    Framed framed = new Framed();
    messages.forEach(message -> framed.add("", message));
    return framed.bytes();
  }

  /**
   * One more.
   *
   * @param fields more of its line, each with a comma before it
   */
  public Framed add(String fields, RawMessage message) {
    out.writeBytes(
        "{\"size\":%d%s}\n".formatted(message.size(), fields).getBytes(StandardCharsets.UTF_8));
    out.writeBytes(message.unsafeBytes());
    out.write('\n');
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
