package org.milena.egress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.milena.egress.outcome.Happening.Cause;

/**
 * A wire with a script: {@code S:} what the host says, {@code C:} what must have been said before
 * it goes on, {@code !drop}, {@code !timeout}, {@code !tls}. What the client says is compared line
 * by line; a host that waits in vain is a failure.
 */
final class Dialogue implements Wire {
  private final Deque<String> script;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
  private boolean encrypted;
  private boolean closed;

  private Dialogue(String script) {
    this.script = new ArrayDeque<>(Arrays.asList(script.strip().split("\n")));
  }

  static Dialogue of(String script) {
    return new Dialogue(script);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws WireException {
    if (closed) {
      throw new WireException(Cause.LOST, "closed");
    }
    unflushed.write(octets, offset, length);
  }

  @Override
  public void flush() {
    said.writeBytes(unflushed.toByteArray());
    unflushed.reset();
  }

  @Override
  public int read(byte[] into) throws WireException {
    hear();
    String next = script.peekFirst();
    if (closed || next == null || next.equals("!drop")) {
      return -1;
    }
    if (next.equals("!timeout")) {
      throw new WireException(Cause.TIMEOUT, "no answer in time");
    }
    StringBuilder speech = new StringBuilder();
    while (!script.isEmpty() && script.getFirst().startsWith("S:")) {
      String line = script.removeFirst().substring(2).stripLeading();
      speech.append(
          line.endsWith("\\n") ? line.substring(0, line.length() - 2) + "\n" : line + "\r\n");
    }
    byte[] octets = speech.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (octets.length == 0) {
      throw new AssertionError("the client waits, and the script goes on with " + next);
    }
    assertThat(octets.length).isLessThanOrEqualTo(into.length);
    System.arraycopy(octets, 0, into, 0, octets.length);
    return octets.length;
  }

  /** Compares what was said with the script so far. */
  private void hear() {
    String all = said.toString(StandardCharsets.UTF_8);
    said.reset();
    for (String line : all.isEmpty() ? new String[0] : all.split("\r\n", -1)) {
      if (script.isEmpty() || !script.getFirst().startsWith("C:")) {
        assertThat(line).as("nothing more is expected of the client").isEmpty();
        return;
      }
      assertThat(line).isEqualTo(script.removeFirst().substring(2).stripLeading());
    }
  }

  @Override
  public void within(Duration time) {
    assertThat(time).isPositive();
  }

  @Override
  public void encrypt() throws WireException {
    hear();
    assertThat(script.removeFirst()).isEqualTo("!tls");
    encrypted = true;
  }

  @Override
  public boolean encrypted() {
    return encrypted;
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /** All of the script was played. */
  void assertDone() {
    flush();
    hear();
    script.removeIf(line -> line.startsWith("!"));
    assertThat(script).isEmpty();
  }
}
