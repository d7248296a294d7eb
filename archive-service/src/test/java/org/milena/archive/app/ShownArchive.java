package org.milena.archive.app;

import static org.milena.archive.TestArchive.raw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.archive.TestArchive;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.SavedSearch;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;

/** An archive with a bit of everything that pages show. */
final class ShownArchive implements AutoCloseable {
  static final String LIST = "/archive/show@lists.example";

  /** Runs a search of {@code mia} whose list is gone. */
  static final String GONE_SEARCH = "/archive/searches/2";

  /** What a search of {@code mia} finds. */
  static final String KEPT_SEARCH =
      "/archive/search?q=release+OR+%28freeze+NOT+x%29&list=show@lists.example&sort=newest"
          + "&threads=true";

  final RunningArchive archive = RunningArchive.start();

  private final MailingList list;

  ShownArchive() {
    list = archive.list("show@lists.example", "Show & tell", ArchiveAccess.PUBLIC);
    posts().forEach(post -> archive.post(list, post));
    archive.account("mia", "mia@members.example", false);
    archive.member(list, "olga@members.example", MemberRole.OWNER);
    archive.account("olga", "olga@members.example", false);
    search("1", "Which release", "release OR (freeze NOT x)", list.id());
    search("2", "A long name ".repeat(8).strip(), "x".repeat(300), ListId.of("gone.lists.example"));
    search("3", "Everything", "*", null);
    RunningArchive.await(
        "all posts",
        () ->
            archive
                .get("/api/v1/archive/search?q=*")
                .body()
                .contains("\"total\":" + posts().size() + ","));
  }

  /** The pages to look at, by a name for each; a browser keeps the language that was last asked. */
  static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    pages.put("lists", "/archive?lang=en");
    pages.put("list", LIST + "?lang=en");
    pages.put("list-de", LIST + "?lang=de");
    pages.put("month", LIST + "/2026-02?lang=en");
    pages.put("thread", LIST + "/root@show.example/thread/?lang=en");
    pages.put("thread-new", LIST + "/root@show.example/thread/?since=2026-02-03T10:30:00Z&lang=en");
    pages.put("flat-de", LIST + "/root@show.example/flat/?lang=de");
    pages.put("patch", LIST + "/patch@show.example/?lang=en");
    pages.put("message", LIST + "/answer1@show.example/?lang=en");
    pages.put("html", LIST + "/html@show.example/html?lang=en");
    pages.put("search", "/archive/search?lang=en");
    pages.put("search-found-de", "/archive/search?q=release&lang=de");
    pages.put("search-wrong", "/archive/search?q=release+d:soon&lang=en");
    pages.put("missing", LIST + "/nothing@show.example/?lang=en");
    return pages;
  }

  /** A search that {@code mia} keeps. */
  private void search(String id, String name, String query, @Nullable ListId only) {
    SavedSearch.Question question =
        new SavedSearch.Question(query, only, SavedSearch.Order.NEWEST, true);
    SavedSearch search =
        new SavedSearch("mia", id, name, question, TestArchive.NOW, TestArchive.NOW);
    archive
        .bean(KafkaAccess.class)
        .table(Topics.SEARCHES, SavedSearch.class)
        .put(search.key(), search);
  }

  /** Where {@code olga} takes something out of a post. */
  String ownersPage(String messageId) {
    RawMessage post =
        posts().stream()
            .filter(one ->
                HeaderBlock.of(one)
                    .first("Message-ID")
                    .map(HeaderField::value)
                    .filter(id -> id.contains("<" + messageId + ">"))
                    .isPresent())
            .findFirst()
            .orElseThrow();
    return LIST + "/message/" + TestArchive.id(list.id(), post) + "/remove";
  }

  private static List<RawMessage> posts() {
    List<RawMessage> posts = new ArrayList<>();
    posts.add(
        raw(
            """
            Message-ID: <root@show.example>
            From: Anna Author <anna@author.example>
            To: Show <show@lists.example>
            Date: Tue, 3 Feb 2026 09:00:00 +0000
            Subject: Which way to the next release?

            Dear all,

            the tree is frozen from Friday on. Please look through what is left at
            https://bugs.example.org/list?state=open&milestone=4.2 and write to
            carla@hidden.example about what you cannot do.

            A line that is much longer than what fits on a telephone, since somebody's program does not wrap its lines at all and sends them as they are.

            -- \s
            Anna Author, release manager
            """));
    for (int i = 1; i <= 6; i++) {
      posts.add(
          raw(
              """
              Message-ID: <answer%1$d@show.example>
              In-Reply-To: <%2$s@show.example>
              References: <root@show.example>%3$s
              From: %4$s <writer%1$d@author.example>
              To: Show <show@lists.example>
              Date: Tue, 3 Feb 2026 %5$02d:00:00 +0000
              Subject: Re: Which way to the next release?

              On Tuesday Anna Author wrote:
              %6$s
              I would rather wait a week: two of the open ones lose data.
              """
                  .formatted(
                      i,
                      i == 1 ? "root" : "answer" + (i - 1),
                      i == 1 ? "" : " <answer" + (i - 1) + "@show.example>",
                      i % 2 == 0 ? "Ben Writer" : "=?utf-8?q?J=C3=BCrgen_Gro=C3=9F?=",
                      9 + i,
                      "> the tree is frozen from Friday on.\n".repeat(i % 3 == 0 ? 20 : 2))));
    }
    posts.add(
        raw(
            """
            Message-ID: <patch@show.example>
            From: Dora Developer <dora@author.example>
            Date: Wed, 4 Feb 2026 10:00:00 +0000
            Subject: [PATCH] mend the door
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            It did not close.

            Signed-off-by: Dora Developer <dora@author.example>
            ---
             door.c | 4 ++--
             1 file changed, 2 insertions(+), 2 deletions(-)

            diff --git a/door.c b/door.c
            index 1111111..2222222 100644
            --- a/door.c
            +++ b/door.c
            @@ -1,4 +1,4 @@
             int main(void)
             {
            -  open();
            +  close();
             }
            --
            2.47
            --b
            Content-Type: application/pdf; name="a plan for the door.pdf"
            Content-Disposition: attachment; filename="a plan for the door.pdf"

            plan
            --b--
            """));
    posts.add(
        raw(
            """
            Message-ID: <html@show.example>
            From: Emil <emil@author.example>
            Date: Fri, 9 Jan 2026 10:00:00 +0000
            Subject: A colourful mail
            Content-Type: text/html; charset=utf-8

            <h1 style="color:#a12a20">Colours</h1><p>Some <b>bold</b> words, a
            <a href="https://example.org/">link</a>, and
            <img src="http://elsewhere.invalid/a.png" alt="a picture from elsewhere">.</p>
            <table border="1"><tr><td>one</td><td>two</td></tr></table>
            """));
    return posts;
  }

  @Override
  public void close() {
    archive.close();
  }
}
