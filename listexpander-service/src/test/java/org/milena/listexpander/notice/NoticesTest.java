package org.milena.listexpander.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.preparation.SiteUrls;

class NoticesTest {

  @ParameterizedTest
  @CsvSource({"ann@a.example,false", "j\u00fcrgen@a.example,true"})
  void saysWhetherItsHeaderNeedsMoreThanAscii(String to, boolean smtpUtf8) {
    MemoryTransaction transaction = new MemoryTransaction();
    String story =
        new Notices(() -> Fixtures.NOW, new Random(1), new Texts(new SiteUrls("https://x.example")))
            .tell(
                new ListWorld().ledger(transaction),
                Fixtures.list(),
                MailAddress.of(to),
                new Notice("request", "Hello", "One\n"),
                Fixtures.newId(),
                Fixtures.NOW);
    transaction.finish();
    assertThat(story)
        .as("a post's story, which others read than the author")
        .startsWith("Notice ")
        .endsWith(" sent.");
    OutRecord mail = transaction.on(Topics.OUTGOING).getFirst();
    OutgoingMeta meta =
        MailRecords.meta(
            new InRecord(
                new RecordPosition(Topics.OUTGOING, 0, 0),
                null,
                new byte[0],
                Map.copyOf(mail.headers()),
                Fixtures.NOW),
            OutgoingMeta.class);
    assertThat(meta.body().smtpUtf8()).isEqualTo(smtpUtf8);
  }
}
