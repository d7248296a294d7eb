package org.milena.archive.web.searching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.saved.SavedSearches;
import org.milena.archive.web.searching.OwnSearches.Own;
import org.milena.archive.web.searching.OwnSearches.Place;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.TableDirectory;
import org.milena.common.mail.ListId;
import org.milena.common.table.MemoryTable;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class OwnSearchesTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");

  private final AtomicBoolean fresh = new AtomicBoolean(true);
  private final MemoryTable<SavedSearch> rows = MemoryTable.of("searches", SavedSearch.class);
  private final OwnSearches searches;

  OwnSearchesTest() {
    Directory whole =
        new TableDirectory(DirectoryTables.of(MemoryTable::of), InstantSource.fixed(AT));
    Directory directory =
        proxy(
            Directory.class,
            (method, arguments) ->
                method.getName().equals("isFresh") ? fresh.get() : method.invoke(whole, arguments));
    Commands commands =
        proxy(
            Commands.class,
            (method, _) -> {
              assertThat(method.getName()).isEqualTo("sendForAccount");
              return new CommandOutcome.Done("The search is kept.", 1);
            });
    searches =
        new OwnSearches(new SavedSearches(rows, commands), directory, new ListAccess(directory));
    Caller ann = new Caller("ann", null, false, Set.of(Scope.values()));
    SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(ann, null));
    put("1", "all", null);
    put("2", "gone", ListId.of("gone.lists.example.org"));
  }

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void aListThatIsMissingInAFreshDirectoryIsGone() {
    assertThat(searches.require("2").place()).isEqualTo(Place.GONE);
    assertThat(searches.all()).extracting(Own::place).containsExactly(Place.EVERYWHERE, Place.GONE);
    assertThat(searches.known()).isEqualTo(searches.all());
  }

  @Test
  void aDirectoryThatLagsDoesNotSayThatAListIsGone() {
    fresh.set(false);
    assertThat(searches.require("1").place()).isEqualTo(Place.EVERYWHERE);
    assertThatExceptionOfType(ApiProblem.class)
        .isThrownBy(() -> searches.require("2"))
        .returns(HttpStatus.SERVICE_UNAVAILABLE, ApiProblem::status);
    assertThatExceptionOfType(ApiProblem.class)
        .isThrownBy(searches::all)
        .returns(HttpStatus.SERVICE_UNAVAILABLE, ApiProblem::status);
    assertThat(searches.known()).extracting(Own::place).containsExactly(Place.EVERYWHERE);
  }

  @Test
  void aSearchIsKnownHoweverItIsWritten() {
    assertThat(asking("x", null, false)).contains("1");
    assertThat(asking(" x ", null, false)).contains("1");
    assertThat(asking("(x)", null, false)).contains("1");
    assertThat(asking("y", null, false)).isEmpty();
    assertThat(asking("x", SavedSearch.Order.NEWEST, false)).isEmpty();
    assertThat(asking("x", null, true)).isEmpty();
  }

  @Test
  void aQueryThatCannotBeReadAnyMoreIsKnownAsItWasTyped() {
    SavedSearch.Question former = new SavedSearch.Question("d:soon", null, null, false);
    SavedSearch search = new SavedSearch("ann", "3", "former", former, AT, AT);
    rows.put(search.key(), search);
    assertThat(OwnSearches.read("d:soon")).isEmpty();
    assertThat(asking("d:soon", null, false)).contains("3");
    assertThat(asking("d:later", null, false)).isEmpty();
  }

  @Test
  void whatAnotherProgramRemovedRightAfterItWasKeptIsAConflict() {
    var wanted = new SavedSearchesApi.Wanted("new", "x", null, null, null);
    assertThatExceptionOfType(ApiProblem.class)
        .isThrownBy(() -> new SavedSearchesApi(searches).put(wanted))
        .returns(HttpStatus.CONFLICT, ApiProblem::status)
        .returns("search-changed", ApiProblem::code);
  }

  private Optional<String> asking(
      String typed, SavedSearch.@Nullable Order order, boolean threads) {
    return searches
        .asking(new SavedSearch.Question(typed, null, order, threads))
        .map(SavedSearch::id);
  }

  private void put(String id, String name, @Nullable ListId list) {
    SavedSearch search =
        new SavedSearch("ann", id, name, new SavedSearch.Question("x", list, null, false), AT, AT);
    rows.put(search.key(), search);
  }

  /** What a fake does instead of a method. */
  private interface Call {
    Object on(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call.on(method, arguments)));
  }
}
