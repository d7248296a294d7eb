package org.milena.scanner.builtin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks of this package as an engine. */
public final class BuiltinEngine implements Engine {

  private static final Logger log = LoggerFactory.getLogger(BuiltinEngine.class);

  private static final byte[] CLEAN_MAIL =
      "Subject: probe\r\n\r\nnothing in here\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEST_HEADER =
      "Subject: probe\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final AttachmentPolicy policy;
  private final ScanLimits limits;

  /** With these rules. */
  public BuiltinEngine(AttachmentPolicy policy, ScanLimits limits) {
    this.policy = policy;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "builtin";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    EngineVerdict verdict = scan(specimen.message().unsafeBytes());
    if (Thread.currentThread().isInterrupted()) {
      // somebody stopped us: what was seen until then is no verdict
      throw new NotScannedException("interrupted");
    }
    return verdict;
  }

  private EngineVerdict scan(byte[] message) {
    var walk = new ContentWalk(policy, limits, (_, _) -> {});
    try {
      return walk.walk(new ByteArrayInputStream(message)).verdict();
    } catch (RuntimeException e) {
      // hostile input that a parser stumbles over must not pass, nor stop the mail behind it
      log.error("a message of {} octets made the built-in checks fail", message.length, e);
      return new EngineVerdict.Unscannable("the built-in checks failed on it: " + e);
    }
  }

  @Override
  public EngineState probe() {
    var test = new ByteArrayOutputStream();
    test.writeBytes(TEST_HEADER);
    test.writeBytes(Eicar.text());
    boolean works =
        scan(CLEAN_MAIL) instanceof EngineVerdict.Clean
            && scan(test.toByteArray()) instanceof EngineVerdict.Infected;
    return works
        ? new EngineState.Ready()
        : new EngineState.Out("the built-in checks do not find the test virus");
  }
}
