package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.milena.archive.TestArchive;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.MailJson;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.stage.MailRecords;
import tools.jackson.databind.JsonNode;

/** A site whose archive is asked in the languages of other archives. */
final class ShimSite implements AutoCloseable {

  final RunningArchive archive = RunningArchive.start("--milena.site-url=https://shims.example/");
  final MailingList dev = archive.list("dev@shims.example", "Dev", ArchiveAccess.PUBLIC);
  final MailingList closed = archive.list("closed@shims.example", "Closed", ArchiveAccess.MEMBERS);
  final MailingList hidden =
      archive.list(
          "hidden@shims.example",
          "Hidden",
          ArchiveAccess.PUBLIC,
          settings -> settings.with("advertised", false));
  final ArchiveId root =
      archive.post(
          dev,
          raw(
              """
              Message-ID: <root@shims.example>
              From: "Author, Anna" <anna@author.example>
              To: dev@shims.example
              Date: Mon, 5 Jan 2026 10:00:00 +0000
              Subject: About apples
              Content-Type: multipart/mixed; boundary=b

              --b
              Content-Type: text/plain

              Apples, says carla@hidden.example, are red fruit.
              --b
              Content-Type: text/plain; name="notes.txt"
              Content-Disposition: attachment; filename="notes.txt"

              ask dora@hidden.example
              --b--
              """));
  final ArchiveId answer =
      archive.post(
          dev, reply("answer", "root", "Ben <ben@author.example>", "Tue, 6 Jan", "Pears."));
  final ArchiveId third =
      archive.post(
          dev, reply("third", "answer", "Anna <anna@author.example>", "Mon, 2 Feb", "Plums."));
  final ArchiveId other =
      archive.post(
          dev,
          raw(
              """
              Message-ID: <other@shims.example>
              From: Ben <ben@author.example>
              Date: Wed, 7 Jan 2026 10:00:00 +0000
              Subject: Weather

              Rain on red roofs.
              """));
  final ArchiveId secret =
      archive.post(
          closed,
          raw(
              """
              Message-ID: <secret@shims.example>
              From: Dora <dora@author.example>
              Date: Mon, 5 Jan 2026 10:00:00 +0000
              Subject: secretword

              red secrets
              """));
  final ArchiveId recent =
      archive.post(
          hidden,
          raw(
              """
              Message-ID: <recent@shims.example>
              From: Emil <emil@author.example>
              Date: %s
              Subject: Of late

              lately
              """
                  .formatted(
                      DateTimeFormatter.RFC_1123_DATE_TIME.format(
                          yesterday().atOffset(ZoneOffset.UTC)))));

  /** Came from Pony Mail, which had another name for it. */
  final ArchiveId imported = post("0a1b2c3d4e5f@<old.shims.example>");

  ShimSite() {
    archive.account("op", null, true);
    archive.account("mia", "mia@members.example", false);
    archive.account("max", "max@members.example", false);
    archive.member(closed, "mia@members.example", MemberRole.MEMBER);
    RunningArchive.await(
        "seven posts",
        () -> archive.getAs("op", "/api/v1/archive/search?q=*").body().contains("\"total\":7"));
  }

  private ArchiveId post(String key) {
    RawMessage message =
        raw(
            """
            Message-ID: <imported@shims.example>
            Date: Mon, 7 Jan 2019 10:00:00 +0000
            Subject: Long ago

            long
            """);
    Instant came = Instant.parse("2019-01-07T10:00:00Z");
    ArchiveId id = TestArchive.id(hidden.id(), message);
    MailId mail = MailId.next(InstantSource.system(), new Random(5));
    archive.publish(
        MailRecords.mail(
                Topics.POSTS,
                id.value(),
                RecordType.POST,
                new PostMeta(
                    mail,
                    hidden.id(),
                    id,
                    came,
                    came,
                    message.sha256(),
                    new PostMeta.Imported("ponymail old", List.of(), List.of(key))),
                mail,
                message)
            .inPartitionOf(hidden.id().value()));
    return id;
  }

  static Instant yesterday() {
    return InstantSource.system()
        .instant()
        .minus(1, ChronoUnit.DAYS)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static RawMessage reply(String name, String to, String author, String day, String text) {
    return raw(
        """
        Message-ID: <%s@shims.example>
        In-Reply-To: <%s@shims.example>
        References: <root@shims.example> <%s@shims.example>
        From: %s
        Date: %s 2026 10:00:00 +0000
        Subject: Re: About apples

        > Apples are red fruit.
        %s
        """
            .formatted(name, to, to, author, day, text));
  }

  /** What a stranger gets. */
  JsonNode json(String path) {
    return jsonAs(null, path);
  }

  JsonNode jsonAs(@Nullable String account, String path) {
    HttpResponse<String> response = answer(account, path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .as(path)
        .startsWith("application/json");
    return MailJson.mapper().readTree(utf8(response));
  }

  /** The test's client reads octets one by one. */
  static String utf8(HttpResponse<String> response) {
    return new String(
        response.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  HttpResponse<String> answer(@Nullable String account, String path) {
    return account == null ? archive.get(path) : archive.getAs(account, path);
  }

  @Override
  public void close() {
    archive.close();
  }
}
