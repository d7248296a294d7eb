package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.listexpander.fake.Instance;

/** A site with people who write on the web, a list for all and one for its members. */
final class WritingSite {
  static final String PASSWORD = "another long password";
  static final String LIST = "/lists/write@lists.example.org";
  static final String SECRET = "/lists/secret@lists.example.org";

  static void fill(Site site, String... writers) {
    for (String name : writers) {
      account(site, name);
    }
    made(site.api("POST", "/lists", "{'address':'write@lists.example.org'}"));
    made(
        site.api(
            "POST",
            "/lists",
            "{'address':'secret@lists.example.org',"
                + "'settings':{'subscribePolicy':'CLOSED','archiveAccess':'MEMBERS'}}"));
  }

  static void account(Site site, String name) {
    made(
        site.api(
            "PUT",
            "/accounts/" + name,
            "{'address':'%s@%s.example','password':'%s'}"
                .formatted(name, name.charAt(0), PASSWORD)));
  }

  static void made(Site.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
  }

  /** All that was handed in, in order. */
  static List<ConsumerRecord<String, byte[]>> received(Site site) {
    return Instance.records(site.bean(KafkaAccess.class), Topics.RECEIVED);
  }

  static MailMeta meta(ConsumerRecord<String, byte[]> record) {
    return MailJson.read(
        Objects.requireNonNull(record.headers().lastHeader(RecordHeaders.META)).value(),
        MailMeta.class);
  }

  private WritingSite() {}
}
