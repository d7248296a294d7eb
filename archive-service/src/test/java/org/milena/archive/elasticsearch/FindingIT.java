package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.elasticsearch.SearchSite.BOARD;
import static org.milena.archive.elasticsearch.SearchSite.DEV;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.TestArchive;
import org.milena.archive.message.TextBlock.Kind;
import org.milena.archive.search.ArchiveSearch.Answer;
import org.milena.archive.search.ArchiveSearch.Asked;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.Snippet;

/** Each prefix, operator and form finds what it should, and nothing else. */
@TestInstance(Lifecycle.PER_CLASS)
class FindingIT {
  private static final String PATCH_ID = "524aff878cc7d47bf70a391c61ec599d0477c3c5";

  private final SearchSite site = new SearchSite(TestArchive.create());
  private final Draft run =
      new Draft(DEV, "run")
          .on("2026-01-05")
          .from("Anna Smith", "anna@example.org")
          .to("dev@example.org")
          .subject("Running the server")
          .text("It was running well");
  private final Draft walk =
      new Draft(DEV, "walk")
          .on("2026-01-06")
          .from("Bob Stone", "bob@stone.example")
          .to("anna@example.org")
          .cc("carla@cc.example")
          .subject("In the park")
          .text("we run there");
  private final Draft quote =
      new Draft(DEV, "quote")
          .on("2026-02-01")
          .receivedOn("2026-02-03T10:00:00Z")
          .from("Eve", "eve@eve.example")
          .answers(run)
          .subject("Re: Starting it")
          .block(Kind.QUOTED, "> purple elephants\n> dance")
          .text("I disagree about yellow birds")
          .block(Kind.SIGNATURE, "Green Ideas Inc");
  private final Draft patch =
      new Draft(DEV, "patch")
          .on("2026-02-10")
          .subject("[PATCH] e1000e-driver: fix leak")
          .text("This mends it.")
          .block(
              Kind.DIFF_HEAD,
              """
              diff --git a/drivers/net/e1000.c b/drivers/net/e1000.c
              index 1234567..89abcdef0123 100644
              --- a/drivers/net/e1000.c
              +++ b/drivers/net/e1000.c\
              """)
          .block(Kind.DIFF_HUNK, "@@ -10,2 +10,2 @@ static int probe_hunk(void)")
          .block(Kind.DIFF_CONTEXT, " int staying;")
          .block(Kind.DIFF_REMOVED, "-\told_removed();")
          .block(Kind.DIFF_ADDED, "+\tnew_added();");
  private final Draft file =
      new Draft(DEV, "file")
          .on("2026-03-04")
          .subject("logs")
          .text("see there")
          .attachment("crash-dump.txt", "oops inside of an attachment")
          .size(20_000);
  private final Draft near =
      new Draft(DEV, "near").on("2025-05-01").text("alpha one two beta gamma, \"quoted run\"");
  private final Draft far =
      new Draft(DEV, "far").on("2025-06-01").text("alpha " + "filler ".repeat(20) + "beta");
  private final Draft muller =
      new Draft(DEV, "muller")
          .on("2024-12-31")
          .from("Jörg Müller", "jm@uni.example")
          .subject("Grüße")
          .text("Straßenbahn 漢字");
  private final Draft secret =
      new Draft(BOARD, "secret").on("2026-01-05").subject("Running budget").text("alpha beta");

  @BeforeAll
  void fill() {
    site.add(run, walk, quote, patch, file, near, far, muller, secret);
  }

  @AfterAll
  void end() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '⇒',
      quoteCharacter = '~',
      value = {
        // words: other forms of them; in quotes: as they stand
        "run ⇒ near run walk",
        "running ⇒ near run walk",
        "\"running\" ⇒ run",
        "\"run\" ⇒ near walk",
        "\"run\" NEAR quoted ⇒ near",
        "\"running well\" ⇒ run",
        "run well ⇒ run",
        "runn* ⇒ run",
        "elephan* ⇒ quote",
        "e1000e-driver ⇒ patch",
        "e1000e-dri* ⇒ patch",
        "e1000* ⇒ patch",
        "muller ⇒ muller",
        "MÜLL* ⇒ muller",
        "strasse* ⇒ muller",
        "漢字 ⇒ muller",
        "oops ⇒ file",
        "crash ⇒ file",
        "nothinglikethis ⇒ ~~",
        "budget ⇒ ~~",
        "* ⇒ far file muller near patch quote run walk",
        // fields
        "s:running ⇒ run",
        "s:well ⇒ ~~",
        "f:anna ⇒ run",
        "f:anna@example.org ⇒ run",
        "f:\"anna smith\" ⇒ run",
        "f:stone.example ⇒ walk",
        "t:anna ⇒ walk",
        "t:carla ⇒ ~~",
        "c:carla ⇒ walk",
        "tc:carla ⇒ walk",
        "tc:anna ⇒ walk",
        "a:anna ⇒ run walk",
        "tcf:anna ⇒ run walk",
        "b:running ⇒ near run walk",
        "b:logs ⇒ ~~",
        "b:oops ⇒ file",
        "bs:logs ⇒ file",
        "bs:oops ⇒ file",
        "b:new_added ⇒ patch",
        "q:elephants ⇒ quote",
        "q:birds ⇒ ~~",
        "nq:elephants ⇒ ~~",
        "nq:birds ⇒ quote",
        "nq:ideas ⇒ quote",
        "nq:oops ⇒ file",
        "b:elephants ⇒ quote",
        "n:crash-dump ⇒ file",
        "n:crash ⇒ file",
        "n:oops ⇒ ~~",
        "dfn:e1000.c ⇒ patch",
        "dfn:drivers/net ⇒ patch",
        "dfn:driver ⇒ ~~",
        "dfb:new_added ⇒ patch",
        "dfb:old_removed ⇒ ~~",
        "dfa:old_removed ⇒ patch",
        "dfa:new_added ⇒ ~~",
        "dfhh:probe_hunk ⇒ patch",
        "dfhh:staying ⇒ ~~",
        "dfctx:staying ⇒ patch",
        "dfctx:new_added ⇒ ~~",
        // git's ids: one may be longer than the other
        "dfpre:1234567 ⇒ patch",
        "dfpre:1234567890 ⇒ patch",
        "dfpre:12345 ⇒ patch",
        "dfpre:1234568 ⇒ ~~",
        "dfpre:89abcde ⇒ ~~",
        "dfpost:89abcde ⇒ patch",
        "dfpost:89abcdef0123456789 ⇒ patch",
        "dfpost:89abcdef0124 ⇒ ~~",
        "dfblob:89ABCDE ⇒ patch",
        "dfblob:1234567 ⇒ patch",
        "patchid:" + PATCH_ID + " ⇒ patch",
        "patchid:1123456789abcdef0123456789abcdef01234567 ⇒ ~~",
        // kinds
        "has:attachment ⇒ file",
        "has:patch ⇒ patch",
        "is:patch ⇒ patch",
        "is:reply ⇒ quote",
        "is:thread-start ⇒ far file muller near patch run walk",
        "larger:10k ⇒ file",
        "larger:20k ⇒ ~~",
        "smaller:1001 d:2024 ⇒ muller",
        // ids
        "m:<run@x> ⇒ run",
        "mid:run@x ⇒ run",
        "m:ru* ⇒ run",
        "references:run@x ⇒ quote",
        "references:quote@x ⇒ ~~",
        // time
        "d:2026-01 ⇒ run walk",
        "d:20260105 ⇒ run",
        "d:20260106..20260201 ⇒ quote walk",
        "d:2026-02-10.. ⇒ file patch",
        "d:..2024 ⇒ muller",
        "d:20260105100000 ⇒ run",
        "d:20260105100001.. d:..20260106095959 ⇒ ~~",
        "after:2026-02-10 ⇒ file patch",
        "before:2026-01-06 d:2026 ⇒ run",
        "rt:2026-02 ⇒ quote",
        "d:9.months.ago..8.months.ago ⇒ patch quote",
        "newer_than:8m ⇒ file",
        "older_than:20m ⇒ muller",
        "d:last.year ⇒ far near",
        // lists
        "l:dev s:running ⇒ run",
        "l:dev@example.org s:running ⇒ run",
        "l:dev.example.org s:running ⇒ run",
        "lid:dev.example.org s:running ⇒ run",
        "lid:dev s:running ⇒ ~~",
        "l:board ⇒ ~~",
        "l:nowhere ⇒ ~~",
        "-l:board s:running ⇒ run",
        // operators
        "elephants OR oops ⇒ file quote",
        "running server OR oops ⇒ file run",
        "(running OR oops) -server ⇒ file near walk",
        "run NOT park ⇒ near run",
        "run !park -well ⇒ near",
        "-run d:2026 ⇒ file patch quote",
        "-(run OR logs) d:2026 ⇒ patch quote",
        "run XOR park ⇒ near run",
        "NOT d:2026 ⇒ far muller near",
        "NOT * ⇒ ~~",
        "alpha NEAR beta ⇒ near",
        "beta NEAR alpha ⇒ near",
        "alpha NEAR/3 beta ⇒ near",
        "alpha NEAR/2 beta ⇒ ~~",
        "alpha NEAR/30 beta ⇒ far near",
        "alpha ADJ beta ⇒ near",
        "beta ADJ alpha ⇒ ~~",
        "\"alpha one\" ADJ/1 beta ⇒ ~~",
        "\"alpha one\" ADJ/2 beta ⇒ near",
        "well NEAR/1 run ⇒ run",
        "well NEAR/1 \"running\" ⇒ run",
        "well NEAR/1 \"run\" ⇒ ~~",
        "well NEAR/1 \"runs\" ⇒ ~~",
        "s:(server NEAR run) ⇒ run",
        "q:(purple NEAR dance) ⇒ quote",
        "nq:(purple NEAR dance) ⇒ ~~",
        "alpha NEAR/2 beta NEAR/2 gamma ⇒ near",
        // threads
        "thread:{birds} ⇒ quote run",
        "thread:{s:running} q:elephants ⇒ quote",
        "thread:{budget} ⇒ ~~",
        "-thread:{birds} d:2026 ⇒ file patch walk",
        "thread:{l:board} ⇒ ~~",
        // pasted
        "[PATCH] e1000e-driver: fix leak ⇒ patch",
        "new_added(); ⇒ patch",
        "-- !!! ⇒ far file muller near patch quote run walk",
      })
  void finds(String typed, String names) {
    assertThat(site.found(typed)).isEqualTo(names);
  }

  @Test
  void findsOnlyInListsThatMayBeRead() {
    assertThat(SearchSite.names(site.page(SearchSite.question("alpha"), SearchSite.only(BOARD))))
        .isEqualTo("secret");
    assertThat(SearchSite.names(site.page(SearchSite.question("alpha"), _ -> true)))
        .isEqualTo("far near secret");
    assertThat(site.page(SearchSite.question("alpha OR *"), _ -> false))
        .isEqualTo(SearchPage.EMPTY);
  }

  @Test
  void refusesWhatCannotBeRead() {
    assertThat(site.search.search(SearchSite.question("a OR"), _ -> true))
        .isInstanceOf(Answer.Refused.class);
    assertThat(site.search.select("a OR", null, _ -> true)).isInstanceOf(Asked.Refused.class);
  }

  @Test
  void marksSubjectsTextsAndAttachments() {
    assertThat(hit("s:server").subject().runs())
        .containsExactly(new Snippet.Run("Running the ", false), new Snippet.Run("server", true));
    assertThat(hit("elephants").text().runs()).contains(new Snippet.Run("elephants", true));
    assertThat(hit("oops").text().runs()).contains(new Snippet.Run("oops", true));
    assertThat(hit("eleph*").text().runs()).contains(new Snippet.Run("elephants", true));
    assertThat(hit("purple NEAR dance").text().runs())
        .contains(new Snippet.Run("purple", true), new Snippet.Run("dance", true));
    assertThat(hit("f:eve").text().runs())
        .containsExactly(
            new Snippet.Run(
                "> purple elephants > dance I disagree about yellow birds Green" + " Ideas Inc",
                false));
    assertThat(hit("birds -oops").text().runs()).contains(new Snippet.Run("birds", true));
  }

  private SearchHit hit(String typed) {
    return site.page(SearchSite.question(typed), SearchSite.only(DEV)).hits().getFirst();
  }

  @Test
  void showsAllThatAQueryFindsEarliestFirst() {
    List<String> seen = new ArrayList<>();
    site.scan("run OR alpha", null, SearchSite.only(DEV), post -> seen.add(post.messageId()));
    assertThat(seen).containsExactly("near@x", "far@x", "run@x", "walk@x");
    seen.clear();
    site.scan("alpha", DEV, SearchSite.only(BOARD), post -> seen.add(post.messageId()));
    site.scan("d:2026", null, _ -> false, post -> seen.add(post.messageId()));
    assertThat(seen).isEmpty();
  }
}
