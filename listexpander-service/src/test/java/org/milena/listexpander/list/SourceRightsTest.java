package org.milena.listexpander.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MailingList.FormerAddress;
import org.milena.common.directory.MemberSource.OfList;
import org.milena.common.directory.TableDirectory;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.list.SourceRights.Eyes;
import org.milena.listexpander.list.SourceRights.Result;
import org.milena.listexpander.list.SourceRights.Sight;

class SourceRightsTest {
  private static final String ALL = new OfList(Fixtures.USERS_ID, Fixtures.NOW, false).toString();
  private static final String SHOWN = new OfList(Fixtures.USERS_ID, Fixtures.NOW, true).toString();

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final SourceRights rights =
      new SourceRights(new TableDirectory(tables, () -> Fixtures.NOW));

  SourceRightsTest() {
    put(Fixtures.list());
  }

  @Test
  void keepsWhoWasNamedAndHowFarItWasSeen() {
    assertThat(read(Sight.ALL, "@Users@lists.example.org "))
        .isEqualTo(new Result.Kept(List.of(ALL)));
    assertThat(read(Sight.SHOWN, "@users@lists.example.org"))
        .isEqualTo(new Result.Kept(List.of(SHOWN)));
    assertThat(read(Sight.NONE, "@users@lists.example.org")).isInstanceOf(Result.Forbidden.class);
  }

  @Test
  void whatSomebodyMayNotKnowOfIsNotThere() {
    String hidden = String.valueOf(read(Sight.HIDDEN, "@users@lists.example.org"));
    assertThat(hidden)
        .isEqualTo(
            String.valueOf(read(Sight.ALL, "@nobody@lists.example.org"))
                .replace("nobody", "users"));
  }

  @Test
  void theKeptFormIsTakenFromNobodyWhoDoesNotHaveIt() {
    assertThat(read(Sight.ALL, ALL)).isInstanceOf(Result.Unfit.class);
    assertThat(rights.read(List.of(SHOWN), List.of(ALL), _ -> Sight.NONE))
        .isInstanceOf(Result.Unfit.class);
    assertThat(rights.read(List.of(SHOWN), List.of(SHOWN), _ -> Sight.NONE))
        .isEqualTo(new Result.Kept(List.of(SHOWN)));
  }

  @Test
  void whatTheListHasStaysWhoeverNamesItAndHowever() {
    for (String named : List.of("@users@lists.example.org", "@people@lists.example.org")) {
      put(
          Fixtures.list()
              .at(
                  MailAddress.of("people@lists.example.org"),
                  List.of(new FormerAddress(Fixtures.USERS, Fixtures.NOW.plusSeconds(60)))));
      assertThat(rights.read(List.of(SHOWN), List.of(named, named), _ -> Sight.NONE))
          .isEqualTo(new Result.Kept(List.of(SHOWN)));
    }
    tables.lists().delete(Fixtures.USERS_ID.value());
    String gone = rights.written(SHOWN);
    assertThat(gone).isEqualTo("@users.lists.example.org");
    assertThat(rights.read(List.of(SHOWN), List.of(gone), _ -> Sight.NONE))
        .isEqualTo(new Result.Kept(List.of(SHOWN)));
  }

  @Test
  void anAddressOnTheWebIsKeptAsItIsUnlessTheSiteForbidsIt() {
    String url = "https://example.org/members.txt";
    assertThat(read(Sight.NONE, " HTTPS://example.org/members.txt"))
        .isEqualTo(new Result.Kept(List.of(url)));
    for (String bad : List.of("http://example.org/", "https://a:b@example.org/", "https://")) {
      assertThat(read(Sight.ALL, bad))
          .isInstanceOfSatisfying(
              Result.Unfit.class, unfit -> assertThat(unfit.reason()).contains("memberSources"));
    }
    SourceRights strict = new SourceRights(new TableDirectory(tables, () -> Fixtures.NOW), false);
    assertThat(strict.read(List.of(), List.of(url), _ -> Sight.ALL))
        .isInstanceOf(Result.Forbidden.class);
    assertThat(strict.read(List.of(url), List.of(url), _ -> Sight.ALL))
        .as("what is there stays")
        .isEqualTo(new Result.Kept(List.of(url)));
  }

  @Test
  void showsHowATextOnTheWebStands() {
    String url = "https://example.org/members.txt?key=secret";
    MailingList list = Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(url)));
    put(list);
    assertThat(rights.shown(list).getFirst().gives()).isFalse();
    assertThat(rights.shown(list).getFirst().fault()).contains("not fetched yet");
    FetchedSource text =
        FetchedSource.first(list.id(), url, Fixtures.NOW)
            .taken(
                List.of(new FetchedSource.Entry(MailAddress.of("ann@a.example"), "")),
                null,
                Fixtures.NOW)
            .failed("The server answers 500.", Fixtures.NOW);
    tables.sources().put(text.key(), text);
    SourceRights.Shown shown = rights.shown(list).getFirst();
    assertThat(shown.gives()).isTrue();
    assertThat(shown.addresses()).isOne();
    assertThat(shown.fault()).contains("500");
    assertThat(shown.faultSince()).isEqualTo(Fixtures.NOW);
    assertThat(shown.source()).isEqualTo(url);
    assertThat(shown.hostOnly().source()).isEqualTo("https://example.org");
  }

  @Test
  void showsWhatIsWrongAndWhoIsFed() {
    MailingList umbrella =
        new MailingList(
            ListId.of("all.lists.example.org"),
            MailAddress.of("all@lists.example.org"),
            "",
            "",
            ListSettings.DISCUSSION.with("memberSources", List.of(SHOWN, "@old@a.example")),
            Fixtures.NOW,
            1);
    put(umbrella);
    assertThat(rights.shown(umbrella))
        .extracting(SourceRights.Shown::gives)
        .containsExactly(false, false);
    assertThat(rights.shown(umbrella))
        .extracting(SourceRights.Shown::source)
        .containsExactly("@users@lists.example.org", "@old@a.example");
    put(Fixtures.list(ListSettings.DISCUSSION.with("rosterAccess", "PUBLIC")));
    assertThat(rights.shown(umbrella))
        .extracting(SourceRights.Shown::gives)
        .containsExactly(true, false);
    assertThat(rights.fedBy(Fixtures.list())).containsExactly(umbrella);
    assertThat(rights.fedBy(umbrella)).isEmpty();
  }

  private Result read(Sight sight, String named) {
    Eyes eyes = _ -> sight;
    return rights.read(List.of(), List.of(named), eyes);
  }

  private void put(MailingList list) {
    tables.lists().put(list.id().value(), list);
  }
}
