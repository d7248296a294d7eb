package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.History;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.testkit.kafka.SharedBroker;

/** Looking back over the records of a key, on a real broker. */
class HistoryIT {
  private static final String KEY = "history-users.lists.example.org";

  private final KafkaAccess access = SharedBroker.kafkaAccess("history-it");

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void givesTheNewestFirstPageByPage() {
    assertThat(texts(access.history().newest(Topics.AUDIT, "nobody", OptionalLong.empty(), 5)))
        .isEmpty();
    List<String> written = new ArrayList<>();
    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      // others in the same partition lie between
      boolean mine = i % 3 == 0;
      if (mine) {
        written.add("entry " + i);
      }
      acknowledged.add(
          access
              .publisher()
              .publish(
                  OutRecord.of(
                          Topics.AUDIT,
                          mine ? KEY : "another",
                          ("entry " + i).getBytes(StandardCharsets.UTF_8))
                      .inPartitionOf(KEY)));
    }
    acknowledged.forEach(CompletableFuture::join);

    List<String> read = new ArrayList<>();
    OptionalLong before = OptionalLong.empty();
    do {
      History.Page page = access.history().newest(Topics.AUDIT, KEY, before, 70);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(70);
      read.addAll(texts(page));
      before = page.next();
    } while (before.isPresent());
    assertThat(read).isEqualTo(written.reversed());
  }

  private static List<String> texts(History.Page page) {
    return page.records().stream()
        .map(InRecord::value)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }
}
