package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.importing.Framed;
import org.milena.archive.importing.ImportReport;
import org.milena.archive.importing.OddKind;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.MailJson;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;

/** Posts of another archive, over HTTP and Kafka into the index. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchiveImportIT {
  private static final String TYPE = "application/x-milena-posts";

  private RunningArchive archive = RunningArchive.start("--milena.archive.public-raw=true");

  @BeforeAll
  void begin() {
    archive.account("op", null, true);
    archive.account("olga", "olga@owners.example", false);
    archive.account("mia", "mia@members.example", false);
  }

  @AfterAll
  void end() {
    archive.close();
  }

  private MailingList list(String name, ArchiveAccess access) {
    MailingList list = archive.list(name + "@import.example", name, access);
    archive.member(list, "olga@owners.example", MemberRole.OWNER);
    archive.member(list, "mia@members.example", MemberRole.MEMBER);
    RunningArchive.await(
        "the list",
        () ->
            archive.getAs("olga", "/api/v1/archive/" + list.address() + "/months").statusCode()
                == 200);
    return list;
  }

  private static List<RawMessage> posts(String list, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number ->
            raw(
                """
                Message-ID: <%1$d.%2$s@mail.example>
                From: Anna <anna%1$d@author.example>
                Date: Thu, 2 Jul 2009 10:00:00 +0000
                Subject: Imported %1$d

                importedword
                """
                    .formatted(number, list)))
        .toList();
  }

  private static String path(MailingList list, String query) {
    return "/api/v1/archive/" + list.address() + "/import" + query;
  }

  private ImportReport report(MailingList list, String query, byte[] body) {
    HttpResponse<String> answer = archive.postAs("olga", path(list, query), TYPE, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MailJson.read(answer.body(), ImportReport.class);
  }

  private void awaitFound(MailingList list, int posts) {
    RunningArchive.await(
        posts + " posts",
        () ->
            archive
                .getAs("olga", "/api/v1/archive/search?q=importedword&list=" + list.address())
                .body()
                .contains("\"total\":" + posts + ","));
  }

  /** The records of a topic that have this in their key or their meta. */
  private List<ConsumerRecord<String, byte[]>> records(String topic, String naming) {
    KafkaAccess kafka = archive.bean(KafkaAccess.class);
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = kafka.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions =
          IntStream.range(0, kafka.partitions(topic))
              .mapToObj(number -> new TopicPartition(topic, number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (String.valueOf(record.key()).contains(naming) || meta(record).contains(naming)) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }

  private static String meta(ConsumerRecord<String, byte[]> record) {
    var header = record.headers().lastHeader("milena.meta");
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Test
  void theSameAgainBringsNothing() {
    MailingList list = list("again", ArchiveAccess.PUBLIC);
    byte[] body = Framed.of(posts("again", 0, 450));
    assertThat(report(list, "?from=mbox%20a&run=r1", body))
        .isEqualTo(new ImportReport(false, 450, 450, 0, 0, List.of()));
    assertThat(report(list, "?from=mbox%20a&run=r2", body).present()).isEqualTo(450);
    awaitFound(list, 450);
    assertThat(report(list, "?from=mbox%20a&run=r3", body).present()).isEqualTo(450);
    assertThat(records(Topics.POSTS, "again.import.example")).hasSize(450);
    for (String topic : List.of(Topics.OUTGOING, Topics.DELIVERIES, Topics.EVENTS, Topics.LISTS)) {
      assertThat(records(topic, "again.import.example")).as(topic).isEmpty();
    }
    assertThat(records(Topics.AUDIT, "again.import.example"))
        .singleElement()
        .satisfies(record -> {
          AuditEntry entry = MailJson.read(record.value(), AuditEntry.class);
          assertThat(entry.actor()).isEqualTo("olga");
          assertThat(entry.text())
              .isEqualTo("Bring posts into the archive from mbox a: 450 are new, 0 were there.");
        });
  }

  @Test
  void keepsTheOctetsAndTheDate() {
    MailingList list = list("octets", ArchiveAccess.PUBLIC);
    RawMessage message =
        RawMessage.wrap(
            "Received: by x; Thu, 2 Jul 2009 10:00:00 +0000\nDate: Mon, 1 Jan 2001 00:00:00 +0000\nSubject: bare\n\nimportedword\r\n\377"
                .getBytes(StandardCharsets.ISO_8859_1));
    ImportReport report = report(list, "", Framed.of(List.of(message)));
    assertThat(report.odd().stream().map(ImportReport.Odd::kind))
        .containsExactly(OddKind.NO_MESSAGE_ID, OddKind.ODD_DATE);
    awaitFound(list, 1);
    ArchiveId id = ArchiveId.compute(list.id(), "", message.sha256());
    String post = "/api/v1/archive/" + list.address() + "/messages/" + id;
    assertThat(archive.get(post + "/raw").body().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(message.toByteArray());
    assertThat(archive.get(post).body()).contains("\"date\":\"2009-07-02T10:00:00Z\"");
  }

  @Test
  void aDryRunWritesNothing() {
    MailingList list = list("dry", ArchiveAccess.PUBLIC);
    assertThat(report(list, "?dryRun=true", Framed.of(posts("dry", 0, 10))).added()).isEqualTo(10);
    assertThat(records(Topics.POSTS, "dry.import.example")).isEmpty();
    assertThat(records(Topics.AUDIT, "dry.import.example")).isEmpty();
  }

  @Test
  void isForOwners() {
    MailingList list = list("owners", ArchiveAccess.PUBLIC);
    byte[] body = Framed.of(posts("owners", 0, 1));
    assertThat(archive.postAs("mia", path(list, ""), TYPE, body).statusCode()).isEqualTo(403);
    assertThat(archive.postAs(null, path(list, ""), TYPE, body).statusCode()).isEqualTo(401);
    assertThat(
            archive
                .postAs("olga", "/api/v1/archive/none@import.example/import", TYPE, body)
                .statusCode())
        .isEqualTo(404);
    assertThat(archive.postAs("olga", path(list, ""), "text/plain", body).statusCode())
        .isEqualTo(415);
    assertThat(archive.postAs("olga", path(list, "?run=a/b"), TYPE, body).statusCode())
        .isEqualTo(400);
    assertThat(records(Topics.POSTS, "owners.import.example")).isEmpty();
    assertThat(archive.postAs("op", path(list, ""), TYPE, body).statusCode()).isEqualTo(200);
  }

  @Test
  void nonsenseIsASentence() {
    MailingList list = list("nonsense", ArchiveAccess.PUBLIC);
    HttpResponse<String> answer =
        archive.postAs("olga", path(list, ""), TYPE, "From ann\n".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Message 1 of this request does not begin with");
  }

  @Test
  void aClosedArchiveIsClosedMeanwhileAndAfterwards() {
    MailingList list = list("closed", ArchiveAccess.MEMBERS);
    Framed framed = new Framed();
    posts("closed", 0, 60).forEach(post -> framed.add(",\"private\":true", post));
    assertThat(report(list, "", framed.bytes()).added()).isEqualTo(60);
    String search = "/api/v1/archive/search?q=importedword&list=" + list.address();
    RunningArchive.await(
        "all posts, none of which a stranger sees",
        () -> {
          assertThat(strangerSees(list)).isZero();
          assertThat(archive.get(search).statusCode()).isEqualTo(401);
          return archive.getAs("mia", search).body().contains("\"total\":60,");
        });
    assertThat(strangerSees(list)).isZero();
    assertThat(archive.get("/archive/" + list.address() + "/mbox").statusCode()).isNotEqualTo(200);
  }

  private int strangerSees(MailingList list) {
    String all = archive.get("/api/v1/archive/search?q=importedword").body();
    return all.split(list.address().toString(), -1).length - 1;
  }

  @Test
  void whatWasPrivateStaysOutOfAPublicArchive() {
    MailingList list = list("public", ArchiveAccess.PUBLIC);
    byte[] body = new Framed().add(",\"private\":true", posts("public", 0, 1).getFirst()).bytes();
    ImportReport report = report(list, "", body);
    assertThat(report.skipped()).isEqualTo(1);
    assertThat(records(Topics.POSTS, "public.import.example")).isEmpty();
    assertThat(report(list, "?private=true", body).added()).isEqualTo(1);
  }

  @Test
  void aCutConnectionLosesNothing() throws IOException {
    MailingList list = list("cut", ArchiveAccess.PUBLIC);
    List<RawMessage> posts = posts("cut", 0, 500);
    byte[] body = Framed.of(posts);
    int cut = Framed.of(posts.subList(0, 300)).length + 20;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), archive.uri("/").getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
                  + "Authorization: %s\r\n\r\n")
              .formatted(path(list, ""), TYPE, body.length, RunningArchive.authorization("olga"))
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body, 0, cut);
      out.flush();
      awaitFound(list, 200); // it is in the middle of it
    }
    ImportReport again = report(list, "", body);
    assertThat(again.read()).isEqualTo(500);
    assertThat(again.added()).isBetween(200L, 300L);
    awaitFound(list, 500);
    assertThat(
            records(Topics.POSTS, "cut.import.example").stream()
                .map(ConsumerRecord::key)
                .distinct())
        .hasSize(500);
  }

  @Test
  void whatWasExportedComesBackUnderTheSameIds() {
    MailingList list = list("home", ArchiveAccess.PUBLIC);
    ArchiveId id = ArchiveId.compute(list.id(), "own@mail.example", "as its author sent it");
    RawMessage own =
        raw(
            """
            List-Id: home <%s>
            Archived-At: <http://localhost:8080/archive/%s/message/%s>
            Message-ID: <own@mail.example>
            Date: Thu, 2 Jul 2009 10:00:00 +0000

            importedword
            """
                .formatted(list.id(), list.address(), id));
    byte[] body = Framed.of(List.of(own));
    assertThat(report(list, "", body).added()).isEqualTo(1);
    awaitFound(list, 1);
    assertThat(archive.get("/api/v1/archive/" + list.address() + "/messages/" + id).statusCode())
        .isEqualTo(200);
    RawMessage forged =
        RawMessage.wrap(
            new String(own.toByteArray(), StandardCharsets.UTF_8)
                .replace("importedword", "importedword forged")
                .getBytes(StandardCharsets.UTF_8));
    ImportReport report = report(list, "", Framed.of(List.of(own, forged)));
    assertThat(report.present()).isEqualTo(1);
    assertThat(report.odd().stream().map(ImportReport.Odd::kind))
        .contains(OddKind.OTHER_CONTENT, OddKind.SAME_MESSAGE_ID);
    awaitFound(list, 2);
    assertThat(
            archive
                .get("/api/v1/archive/" + list.address() + "/messages/" + id + "/raw")
                .body()
                .getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(own.toByteArray());
  }

  @Test
  void theLogSaysWhereAPostComesFrom() {
    MailingList list = list("origin", ArchiveAccess.PUBLIC);
    byte[] body =
        new Framed()
            .add(
                ",\"urls\":[\"/pipermail/origin/2009-July/000123.html\"]",
                posts("origin", 0, 1).getFirst())
            .bytes();
    assertThat(report(list, "?from=pipermail%20origin", body).added()).isEqualTo(1);
    assertThat(records(Topics.POSTS, "origin.import.example"))
        .singleElement()
        .satisfies(record ->
            assertThat(meta(record))
                .contains("pipermail origin", "/pipermail/origin/2009-July/000123.html"));
  }
}
