package org.milena.archive.process;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.extract.ReadingOutcome;
import org.milena.archive.extract.ReadingOutcome.Unread;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has documents read by a child, one at a time. */
public final class ChildReader implements AttachmentReader, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChildReader.class);

  /** How a child ends that had too little memory ({@code -XX:+ExitOnOutOfMemoryError}). */
  private static final int OUT_OF_MEMORY = 3;

  /** So many documents that ended a child are known again, when their post comes once more. */
  private static final int MAX_POISONS = 10_000;

  private final ReaderLimits limits;
  private final List<String> command;
  private final ScheduledExecutorService timer;
  private final Map<String, Unread> poisons =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Unread> eldest) {
          return size() > MAX_POISONS;
        }
      };
  private @Nullable Child child;
  private @Nullable ScheduledFuture<?> idle;
  private boolean closed;

  /** Starts nothing yet. */
  public ChildReader(ReaderLimits limits) {
    this(limits, ChildCommand.of(ReaderMain.class, limits));
  }

  ChildReader(ReaderLimits limits, List<String> command) {
    this.limits = limits;
    this.command = List.copyOf(command);
    // two: what ends an idle child may wait for us while what kills a slow one must not
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(2, Thread.ofVirtual().name("reader-timer").factory());
    pool.setRemoveOnCancelPolicy(true);
    this.timer = pool;
  }

  @Override
  public int maxSize() {
    return limits.maxSize();
  }

  @Override
  public synchronized ReadingOutcome read(DocumentKind kind, byte[] content, int maxCharacters) {
    if (closed) {
      // not an answer about the document: it is read when the archive begins again
      throw new OutageException("the reader of documents has ended");
    }
    String digest = sha256(content);
    Unread known = poisons.get(digest);
    if (known != null) {
      return known;
    }
    rest();
    Frames.Request request = new Frames.Request(kind, maxCharacters, content);
    // a child that ends for no reason of this document's must not cost its text: once more then
    ReadingOutcome outcome = attempt(request, digest);
    if (outcome == null) {
      outcome = attempt(request, digest);
    }
    if (outcome == null) {
      outcome = poison(digest, "it ended the process that reads it");
    }
    idle = timer.schedule(this::end, limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    return outcome;
  }

  /** Null when the child ended, and nothing says that this document did it. */
  private @Nullable ReadingOutcome attempt(Frames.Request request, String digest) {
    Child reader;
    try {
      reader = child();
    } catch (IOException e) {
      log.warn("attachments are not read, since no child can be started: {}", e.getMessage());
      return new Unread("its reader could not be started");
    }
    try {
      return reader.read(request, limits.time().toMillis(), timer);
    } catch (IOException e) {
      child = null;
      int code = ended(reader);
      if (reader.isLate()) {
        return poison(digest, "it takes more than " + limits.time().toSeconds() + " seconds");
      }
      if (code == OUT_OF_MEMORY) {
        return poison(digest, "it takes more memory than there is for it");
      }
      log.warn("the child that reads attachments ended with {}: {}", code, e.getMessage());
      return null;
    }
  }

  private static int ended(Child reader) {
    try {
      return reader.ended();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return reader.kill();
    }
  }

  private Unread poison(String digest, String reason) {
    Unread unread = new Unread(reason);
    poisons.put(digest, unread);
    return unread;
  }

  private Child child() throws IOException {
    Child running = child;
    if (running == null || !running.isAlive()) {
      running = Child.start(command, timer);
      child = running;
    }
    return running;
  }

  private void rest() {
    ScheduledFuture<?> scheduled = idle;
    if (scheduled != null) {
      scheduled.cancel(false);
      idle = null;
    }
  }

  private synchronized void end() {
    Child running = child;
    if (running != null && idle != null) {
      var unused = running.kill();
      child = null;
    }
  }

  /** The child that runs now, if one does. */
  synchronized OptionalLong pid() {
    Child running = child;
    return running == null || !running.isAlive()
        ? OptionalLong.empty()
        : OptionalLong.of(running.pid());
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Child running = child;
    if (running != null) {
      var unused = running.kill();
      child = null;
    }
    timer.shutdownNow();
  }
}
