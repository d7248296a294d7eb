package org.milena.scanner.builtin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.milena.common.failure.OutageException;
import org.milena.scanner.scan.Eicar;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.ShownText;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks of this package as an engine. */
public final class BuiltinEngine implements Engine {

  private static final Logger log = LoggerFactory.getLogger(BuiltinEngine.class);

  /** Goes up when the same mail may get another verdict. */
  private static final String RULES = "5";

  private static final byte[] CLEAN_MAIL =
      "Subject: probe\r\n\r\nnothing in here\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEST_HEADER =
      "Subject: probe\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final AttachmentPolicy policy;
  private final ScanLimits limits;
  private final MemoryPool memory;
  private final LongSupplier nanoTime;
  private final String version;

  /** With these rules. */
  public BuiltinEngine(AttachmentPolicy policy, ScanLimits limits) {
    this(policy, limits, MemoryPool.ofThisMachine(limits), System::nanoTime);
  }

  BuiltinEngine(
      AttachmentPolicy policy, ScanLimits limits, MemoryPool memory, LongSupplier nanoTime) {
    this.policy = policy;
    this.limits = limits;
    this.memory = memory;
    this.nanoTime = nanoTime;
    this.version = RULES + "-" + digest(policy, limits, memory);
  }

  /** Of all that a verdict depends on besides the mail. */
  private static String digest(AttachmentPolicy policy, ScanLimits limits, MemoryPool memory) {
    String rules =
        new TreeSet<>(policy.blocked())
            + "\n"
            + new TreeSet<>(policy.blockedInArchives())
            + "\n"
            + limits
            + "\n"
            + memory.perScan();
    return HexFormat.of().toHexDigits(rules.hashCode());
  }

  @Override
  public String name() {
    return "builtin";
  }

  @Override
  public Role role() {
    return Role.BUILTIN;
  }

  @Override
  public String version() {
    return version;
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
    var walk = new ContentWalk(policy, new Budget(limits, memory, nanoTime));
    try {
      return walk.walk(new ByteArrayInputStream(message)).verdict();
    } catch (OutageException e) {
      throw e; // says nothing of the message
    } catch (RuntimeException e) {
      // hostile input that a parser stumbles over must not pass, nor stop the mail behind it
      log.error("a message of {} octets made the built-in checks fail", message.length, e);
      return new EngineVerdict.Unscannable(
          "the built-in checks failed on it: " + ShownText.of(e.toString()));
    }
  }

  @Override
  public EngineState probe() {
    var test = new ByteArrayOutputStream();
    test.writeBytes(TEST_HEADER);
    test.writeBytes(Eicar.octets());
    boolean works =
        scan(CLEAN_MAIL) instanceof EngineVerdict.Clean
            && scan(test.toByteArray()) instanceof EngineVerdict.Infected;
    return works
        ? new EngineState.Ready()
        : new EngineState.Out("the built-in checks do not find the test virus");
  }
}
