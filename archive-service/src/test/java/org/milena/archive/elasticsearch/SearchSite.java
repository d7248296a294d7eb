package org.milena.archive.elasticsearch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.archive.TestArchive;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.search.ArchiveSearch.Answer;
import org.milena.archive.search.ArchiveSearch.Asked;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.archive.search.Selection;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.TableDirectory;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;

/** An archive with lists, and a search over it as readers have it. */
final class SearchSite implements AutoCloseable {
  static final ListId DEV = ListId.of("dev.example.org");
  static final ListId BOARD = ListId.of("board.example.org");

  final TestArchive archive;
  final ArchiveSearch search;

  SearchSite(TestArchive archive) {
    this.archive = archive;
    DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
    TableDirectory directory = new TableDirectory(tables, () -> TestArchive.NOW);
    for (ListId id : List.of(DEV, BOARD)) {
      MailAddress address = MailAddress.of(id.value().replaceFirst("\\.", "@"));
      tables
          .lists()
          .put(
              id.value(),
              new MailingList(id, address, "", "", ListSettings.DISCUSSION, TestArchive.NOW, 1));
    }
    this.search = new ArchiveSearch(archive.search, directory, () -> TestArchive.NOW);
  }

  /** Has what readers see be an index as a cluster makes it that has no plugin of ours. */
  TextAnalysis makeIndexWithoutMarks(Set<Language> languages) {
    Generation other = archive.indices.current().orElseThrow().next();
    TextAnalysis plain = new TextAnalysis(true, false, languages);
    archive.indices.create(other.posts(), null, "posts-v5.json", plain, "30s", 1);
    archive.indices.create(other.raw(), null, "raw-v5.json", null, "30s", 1);
    archive.indices.replace(other);
    return plain;
  }

  void add(Draft... drafts) {
    archive.posts.add(Arrays.stream(drafts).map(Draft::post).toList());
    archive.posts.show();
  }

  static Predicate<MailingList> only(ListId list) {
    return candidate -> candidate.id().equals(list);
  }

  static ArchiveSearch.Question question(String typed) {
    return new ArchiveSearch.Question(typed, null, Sort.NEWEST, false, false, null, 50);
  }

  SearchPage page(ArchiveSearch.Question question, Predicate<MailingList> mayRead) {
    return switch (search.search(question, mayRead)) {
      case Answer.Found(SearchPage page, var _, var _) -> page;
      case Answer.Refused(var problem) ->
          throw new AssertionError(question.typed() + " is refused: " + problem);
      case Answer.WrongCursor() -> throw new AssertionError("a wrong cursor");
    };
  }

  /** Shows all that a query finds on one list or on all, earliest first. */
  void scan(
      String typed,
      @Nullable ListId list,
      Predicate<MailingList> mayRead,
      Consumer<ArchivedPost> each) {
    switch (search.select(typed, list, mayRead)) {
      case Asked.Posts(Selection selection, var _) -> archive.scan(selection, each);
      case Asked.Refused(var problem) ->
          throw new AssertionError(typed + " is refused: " + problem);
    }
  }

  /** Names of what is found on the list that all may read, in the alphabet's order. */
  String found(String typed) {
    return names(page(question(typed), only(DEV)));
  }

  static String names(@Nullable SearchPage page) {
    return page == null
        ? ""
        : page.hits().stream()
            .map(hit -> hit.post().messageId().replace("@x", ""))
            .sorted()
            .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    archive.close();
  }
}
