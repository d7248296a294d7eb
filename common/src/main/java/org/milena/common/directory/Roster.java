package org.milena.common.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * Who is on a list: by its own rows, and by the lists and texts that it names as sources.
 *
 * <p>Nothing is copied: whoever is {@link MemberRole#MEMBER} of a source is looked up there, each
 * time, and whoever stands in a text on the web counts as one with the usual options. A row of the
 * list itself goes before its sources: one of a member, or of a known non-member, settles the
 * question, so that who left stays away. A row of an owner or moderator alone says nothing of it. A
 * {@link Member#bySource() sourced} row says only how somebody is a member here, as long as a
 * source has him. Offices, probation and what happens to posts are not inherited, and nobody is
 * whom the list bans.
 */
public final class Roster {
  /** Rows of a list that are read at once. */
  private static final int PAGE = 10_000;

  /** Rows of a list that are read at once at least, where nobody knows how many are wanted. */
  private static final int LEAST_WALKED = 1_000;

  /** The rows that there are: in this instance's view, or as a transaction leaves them. */
  public interface Rows {
    /** The list of this id. */
    Optional<MailingList> list(ListId id);

    /** The list one posts to at this address. */
    Optional<MailingList> listAt(MailAddress address);

    /** The domain of this name. */
    Optional<MailDomain> domain(String name);

    /** The list's own row of this address. */
    Optional<Member> row(ListId list, MailAddress address);

    /** What the list got from this source on the web, if it ever tried. */
    Optional<FetchedSource> fetched(ListId list, String url);

    /** Up to {@code limit} own rows by address key, behind {@code after} (empty to begin). */
    List<Member> rows(ListId list, String after, int limit);
  }

  /**
   * Somebody on a list.
   *
   * @param via the source that has him; null for one who is there by himself
   * @param ownRow whether the list has a row of its own for him; without one his options are those
   *     that he has elsewhere, which whoever runs this list may have no right to see
   */
  public record Listed(Member member, @Nullable Via via, boolean ownRow) {

    /** Somebody whom the list has by itself. */
    static Listed bySelf(Member member) {
      return new Listed(member, null, true);
    }
  }

  /**
   * A source of somebody.
   *
   * @param list its address; of a text on the web the list that names it
   * @param url of a text on the web; null for a list
   */
  public record Via(MailAddress list, @Nullable String url) {

    /** As those see it who run the list: of a text its host, for the rest may be a secret. */
    @Override
    public String toString() {
      return url == null ? list.toString() : new MemberSource.OfUrl(url).host();
    }
  }

  private final Rows rows;
  private final boolean asksBans;

  public Roster(Rows rows) {
    this(rows, true);
  }

  private Roster(Rows rows, boolean asksBans) {
    this.rows = rows;
    this.asksBans = asksBans;
  }

  /** Somebody, whatever the roles. */
  public Optional<Listed> find(ListId list, MailAddress address) {
    Member own = rows.row(list, address).orElse(null);
    if (own != null && own.settles()) {
      return Optional.of(Listed.bySelf(own));
    }
    SourceSearch search = search(list).orElse(null);
    return search == null
        ? SourceSearch.bySelf(own).map(Listed::bySelf)
        : search.settle(address, rowsOf(search, address));
  }

  /** Whether a source of the list has this address, whatever the list's own row says. */
  public boolean isSourced(ListId list, MailAddress address) {
    return search(list)
        .filter(search -> search.isSourced(address, rowsOf(search, address)))
        .isPresent();
  }

  /** Whether the list has sources that give members. */
  public boolean hasSources(ListId list) {
    return search(list).isPresent();
  }

  /** The lists that feed a list, nearest first; not itself. */
  public List<MailingList> feeding(ListId list) {
    return search(list)
        .map(search ->
            search.graph().nodes().stream()
                .skip(1)
                .filter(node -> node.text() == null)
                .map(SourceGraph.Node::list)
                .toList())
        .orElse(List.of());
  }

  /** What, besides rows of lists, settles who is on a list. */
  List<Object> settings(ListId id) {
    List<Object> all = new ArrayList<>();
    for (MailingList list : Stream.concat(rows.list(id).stream(), feeding(id).stream()).toList()) {
      all.add(list);
      all.add(rows.domain(list.address().domain()));
    }
    all.add(rows.domain(MailDomain.SITE));
    search(id).stream()
        .flatMap(search -> search.graph().nodes().stream())
        .map(SourceGraph.Node::text)
        .filter(Objects::nonNull)
        .forEach(all::add);
    return all;
  }

  /** Visits everybody on a list, by address. Holds a page of them at a time. */
  public void each(ListId list, Consumer<Member> visitor) {
    Optional<SourceSearch> search = search(list);
    if (search.isPresent()) {
      RosterWalk walk = new RosterWalk(search.get(), rows, "", PAGE);
      for (Listed one = walk.next(); one != null; one = walk.next()) {
        visitor.accept(one.member());
      }
      return;
    }
    String after = "";
    List<Member> page;
    do {
      page = rows.rows(list, after, PAGE);
      for (Member row : page) {
        if (!row.bySource()) {
          visitor.accept(row);
        } else {
          SourceSearch.bySelf(row).ifPresent(visitor);
        }
      }
      after = page.isEmpty() ? after : page.getLast().address().key();
    } while (page.size() == PAGE);
  }

  /** Up to {@code limit} of them by address key, behind {@code after} (empty to begin). */
  public List<Listed> page(ListId list, String after, int limit) {
    List<Listed> found = new ArrayList<>();
    Optional<SourceSearch> search = search(list);
    if (search.isPresent()) {
      int chunk = Math.min(limit, PAGE);
      return taken(new RosterWalk(search.get(), rows, after, chunk), limit, _ -> true);
    }
    String behind = after;
    List<Member> page;
    do {
      page = rows.rows(list, behind, limit);
      for (Member row : page) {
        if (found.size() < limit) {
          SourceSearch.bySelf(row).map(Listed::bySelf).ifPresent(found::add);
        }
      }
      behind = page.isEmpty() ? behind : page.getLast().address().key();
    } while (page.size() == limit && found.size() < limit);
    return found;
  }

  /**
   * The same, of those who are wanted. All rows of all lists that feed it may be gone over until
   * there are enough: once, and so many of each list at a time that it pays.
   */
  public List<Listed> page(ListId list, String after, int limit, Predicate<Listed> wanted) {
    List<Listed> found = new ArrayList<>();
    Optional<SourceSearch> search = search(list);
    if (search.isPresent()) {
      int chunk = Math.clamp(limit, LEAST_WALKED, PAGE);
      return taken(new RosterWalk(search.get(), rows, after, chunk), limit, wanted);
    }
    String behind = after;
    List<Listed> some;
    do {
      some = page(list, behind, LEAST_WALKED);
      some.stream().filter(wanted).limit(limit - found.size()).forEach(found::add);
      behind = some.isEmpty() ? behind : some.getLast().member().address().key();
    } while (some.size() == LEAST_WALKED && found.size() < limit);
    return found;
  }

  private static List<Listed> taken(RosterWalk walk, int limit, Predicate<Listed> wanted) {
    List<Listed> found = new ArrayList<>();
    while (found.size() < limit) {
      Listed one = walk.next();
      if (one == null) {
        break;
      }
      if (wanted.test(one)) {
        found.add(one);
      }
    }
    return found;
  }

  /** Empty for a list that nothing feeds: it has its own rows and pays for no more. */
  private Optional<SourceSearch> search(ListId id) {
    MailingList list = rows.list(id).orElse(null);
    if (list == null || list.settings().membership().memberSources().isEmpty()) {
      return Optional.empty();
    }
    SourceGraph graph = SourceGraph.of(list, rows);
    return graph.nodes().size() == 1
        ? Optional.empty()
        : Optional.of(new SourceSearch(graph, this::bans));
  }

  private @Nullable Member[] rowsOf(SourceSearch search, MailAddress address) {
    List<SourceGraph.Node> nodes = search.graph().nodes();
    @Nullable Member[] found = new Member[nodes.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = nodes.get(i).row(rows, address).orElse(null);
    }
    return found;
  }

  /** Bans that name lists are asked without the bans of those, so that two cannot ask for ever. */
  private BanList bans(MailingList list) {
    return asksBans
        ? BanList.of(list, rows::domain, new Roster(rows, false)::isSomebody)
        : BanList.NONE;
  }

  /** Whether this is a member, owner or moderator of the list at an address, for bans. */
  public boolean isSomebody(MailAddress list, MailAddress address) {
    return rows.listAt(list)
        .flatMap(found -> find(found.id(), address))
        .filter(somebody ->
            somebody.member().roles().stream().anyMatch(role -> role != MemberRole.NONMEMBER))
        .isPresent();
  }
}
