package org.milena.egress.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecordPosition;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.egress.dsn.FailureNotice;
import org.milena.egress.dsn.FailureNotices;
import org.milena.egress.job.Failures;

/**
 * Posts reports of failure: message, delivery and story in the transaction that keeps the results
 * they tell of. So a result has its report exactly once, or is not there either.
 */
final class FailureMail {
  private final FailureNotices notices;

  FailureMail(FailureNotices notices) {
    this.notices = notices;
  }

  /**
   * Writes the reports of what is pending: before the transaction, because messages are read for
   * it.
   *
   * @throws org.milena.common.failure.OutageException when a message cannot be read now
   */
  List<FailureNotice> prepare(Collection<Share> shares) {
    List<Failures> all = new ArrayList<>();
    shares.forEach(share -> all.addAll(share.holding().pending().failures()));
    return notices.write(all);
  }

  /**
   * Writes them into the open transaction.
   *
   * @throws KafkaException when the broker does not take them
   */
  void post(KafkaProducer<String, byte[]> open, List<FailureNotice> prepared, Instant now) {
    if (prepared.isEmpty()) {
      return;
    }
    List<Future<RecordMetadata>> contents = new ArrayList<>(prepared.size());
    prepared.forEach(notice ->
        contents.add(open.send(Committer.record(mail(notice).content(List.of(notice.to()))))));
    open.flush();
    Consumer<OutRecord> out =
        record -> {
          var unused = open.send(Committer.record(record));
        };
    for (int i = 0; i < prepared.size(); i++) {
      FailureNotice notice = prepared.get(i);
      int unused =
          mail(notice).deliveries(position(contents.get(i)), List.of(notice.to()), now, out);
      out.accept(MailRecords.event(own(notice, now)));
      out.accept(MailRecords.event(original(notice, now)));
    }
  }

  private static OutgoingMail mail(FailureNotice notice) {
    return OutgoingMail.notice(notice.id(), null, notice.message(), !notice.to().isAscii());
  }

  private static MailEvent own(FailureNotice notice, Instant now) {
    return new MailEvent(
        notice.id(),
        now,
        MailEvent.Kind.NOTICE,
        null,
        notice.messageId(),
        "Failure notice about mail %s to %s.".formatted(notice.about(), notice.to()),
        1);
  }

  private static MailEvent original(FailureNotice notice, Instant now) {
    return new MailEvent(
        notice.about(),
        now,
        MailEvent.Kind.NOTICE,
        null,
        notice.aboutMessageId(),
        "%s is told of %d failed recipients: notice %s."
            .formatted(notice.to(), notice.failed(), notice.id()),
        notice.failed());
  }

  private static RecordPosition position(Future<RecordMetadata> sent) {
    try {
      RecordMetadata metadata = sent.get();
      return new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    } catch (ExecutionException e) {
      throw new KafkaException("a notice was not taken", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
