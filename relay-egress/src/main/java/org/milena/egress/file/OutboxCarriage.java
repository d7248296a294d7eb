package org.milena.egress.file;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.egress.capture.Outbox;
import org.milena.egress.capture.OutboxEntry;
import org.milena.egress.content.Content;
import org.milena.egress.content.ContentShelf;
import org.milena.egress.content.ContentShelf.Lease;
import org.milena.egress.job.Carriage;
import org.milena.egress.job.Consignment;
import org.milena.egress.job.Report;
import org.milena.egress.job.Tenure;
import org.milena.egress.outcome.Happening;
import org.milena.egress.personal.Copy;
import org.milena.egress.personal.Personalizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries everything to the outbox. */
public final class OutboxCarriage implements Carriage, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutboxCarriage.class);
  private static final int MAX_RECIPIENTS = 50;
  private static final int PART = 20;
  private static final int CLERKS = 3;
  private static final long OUTAGE_MILLIS = 500;

  private final Outbox outbox;
  private final ContentShelf shelf;
  private final Personalizer personalizer;
  private final InstantSource clock;
  private final Deque<Consignment> queue = new ArrayDeque<>();
  private final List<Consignment> busy = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean held;
  private boolean closed;
  private volatile Consumer<Report> reports = _ -> {};

  public OutboxCarriage(
      Outbox outbox, ContentShelf shelf, Personalizer personalizer, InstantSource clock) {
    this.outbox = outbox;
    this.shelf = shelf;
    this.personalizer = personalizer;
    this.clock = clock;
    for (int i = 0; i < CLERKS; i++) {
      Thread.ofVirtual().name("egress-outbox-", i).start(this::work);
    }
  }

  @Override
  public void reportTo(Consumer<Report> listener) {
    reports = listener;
  }

  @Override
  public synchronized void accept(Consignment consignment) {
    queue.addLast(consignment);
    notifyAll();
  }

  @Override
  public boolean hasRoom(String destination) {
    return true;
  }

  @Override
  public void letGo(Tenure tenure, Duration patience) {
    tenure.end();
    long end = System.nanoTime() + patience.toNanos();
    synchronized (this) {
      queue.removeIf(Consignment::withdrawn);
      try {
        while (busy.stream().anyMatch(one -> one.tenure() == tenure)
            && end - System.nanoTime() > 0) {
          wait(10);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized void hold(boolean now) {
    held = now;
    notifyAll();
  }

  private synchronized @Nullable Consignment next() throws InterruptedException {
    while (!closed && (held || queue.isEmpty())) {
      wait();
    }
    if (closed) {
      return null;
    }
    Consignment next = queue.removeFirst();
    busy.add(next);
    return next;
  }

  private synchronized void done(Consignment consignment) {
    busy.remove(consignment);
    if (consignment.size() > 0 && !consignment.withdrawn()) {
      queue.addLast(consignment);
    }
    notifyAll();
  }

  private void work() {
    try {
      for (Consignment next = next(); next != null; next = next()) {
        try {
          keepSome(next);
        } finally {
          done(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepSome(Consignment from) throws InterruptedException {
    boolean personal = Personalizer.isPersonal(from.delivery());
    List<MailAddress> part = from.take(personal ? PART : MAX_RECIPIENTS);
    if (part.isEmpty()) {
      return;
    }
    try (Lease lease = shelf.borrow(from.delivery().content())) {
      Content content = lease.content();
      String subject = subject(content.message());
      List<Report.Fate> fates = new ArrayList<>(part.size());
      if (personal) {
        for (MailAddress recipient : part) {
          String id = keep(from, List.of(recipient), content, subject);
          fates.add(new Report.Fate(recipient, new Happening.Captured(id)));
        }
      } else {
        String id = keep(from, part, content, subject);
        part.forEach(
            recipient -> fates.add(new Report.Fate(recipient, new Happening.Captured(id))));
      }
      reports.accept(new Report(from, fates));
    } catch (DeadPointerException | UnreadableRecordException e) {
      List<MailAddress> all = new ArrayList<>(part);
      all.addAll(from.takeAll());
      reports.accept(
          Report.same(from, all, new Happening.ContentGone(String.valueOf(e.getMessage()))));
    } catch (OutageException e) {
      // what was kept of this part before is kept again under another name: only the outbox shows
      // it
      log.warn("{} waits: {}", from, e.getMessage());
      from.putBack(part);
      if (stopped.await(OUTAGE_MILLIS, TimeUnit.MILLISECONDS)) {
        log.debug("the outbox closes");
      }
    } catch (RuntimeException e) {
      log.error("keeping {} failed by a defect", from, e);
      reports.accept(Report.same(from, part, new Happening.ContentGone("a defect: " + e)));
    }
  }

  private String keep(
      Consignment from, List<MailAddress> recipients, Content content, String subject) {
    Copy copy = personalizer.copyFor(from.delivery(), content.marks(), recipients.getFirst());
    RawMessage message = copy.filled(content.message(), content.marks());
    Instant now = clock.instant();
    String id = outbox.nextId(now.toEpochMilli());
    outbox.keep(
        new OutboxEntry(
            id,
            now,
            from.delivery().content().mailId(),
            from.delivery().list(),
            from.id(),
            copy.reversePath(),
            recipients,
            subject,
            copy.prefix().size() + message.size()),
        copy.prefix(),
        message);
    return id;
  }

  private static String subject(RawMessage message) {
    return HeaderBlock.of(message).first("Subject").map(HeaderField::decoded).orElse("");
  }

  @Override
  public synchronized void close() {
    closed = true;
    stopped.countDown();
    notifyAll();
  }
}
