package org.milena.listexpander.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberSource;
import org.milena.common.directory.MemberSource.OfList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.source.SourceUrl;

/**
 * What becomes of the sources that somebody names for a list, and how they are shown.
 *
 * <p>Whoever names a list must run it, and then gets all of its members, or see its members, and
 * then gets those that its roster shows as long as it shows any. Sources that the list has already
 * stay whoever changes it: the right was looked at when they were named.
 */
public final class SourceRights {
  private final Directory directory;
  private final boolean urls;

  /** How much somebody may see of a list's members. */
  public enum Sight {
    /** All: he runs the list. */
    ALL,
    /** Those that the roster shows. */
    SHOWN,
    /** None. */
    NONE,
    /** Not even that there is such a list. */
    HIDDEN
  }

  /** Somebody who names sources. */
  @FunctionalInterface
  public interface Eyes {
    /** An operator's. */
    Eyes OPERATOR = _ -> Sight.ALL;

    /** How much he may see of the members of this list. */
    Sight on(MailingList list);
  }

  /** What becomes of the named sources. */
  public sealed interface Result {
    /** They can be sources, and are kept like this. */
    record Kept(List<String> sources) implements Result {
      public Kept {
        sources = List.copyOf(sources);
      }
    }

    /** One is none. */
    record Unfit(String reason) implements Result {}

    /** Whoever names it may not. */
    record Forbidden(String reason) implements Result {}
  }

  /**
   * A source as owners see it.
   *
   * @param source as one writes it
   * @param list which list it is; null when that is gone
   * @param gives whether members come from it
   * @param fault why none do; of a text on the web why the last try came to nothing
   * @param faultSince of a text on the web, when that began
   * @param fetchedAt when the text that is in use was fetched
   * @param addresses how many stand in that
   * @param smaller how many stand in one that waits to be accepted
   */
  public record Shown(
      String source,
      @Nullable MailAddress list,
      boolean gives,
      @Nullable String fault,
      @Nullable Instant faultSince,
      @Nullable Instant fetchedAt,
      @Nullable Integer addresses,
      @Nullable Integer smaller) {

    private static Shown list(
        String source, @Nullable MailAddress list, boolean gives, @Nullable String fault) {
      return new Shown(source, list, gives, fault, null, null, null, null);
    }

    private static Shown text(String url, @Nullable FetchedSource text) {
      FetchedSource.Fault fault = text == null ? null : text.fault();
      FetchedSource.Smaller smaller = text == null ? null : text.smaller();
      return new Shown(
          url,
          null,
          text != null && text.fetchedAt() != null,
          text == null ? "It was not fetched yet." : fault == null ? null : fault.reason(),
          fault == null ? null : fault.since(),
          text == null ? null : text.fetchedAt(),
          text == null ? null : text.entries().size(),
          smaller == null ? null : smaller.count());
    }

    /** As those see it who may not change it: of a text only the host. */
    public Shown hostOnly() {
      return new Shown(
          SourceRights.hostOnly(source),
          list,
          gives,
          fault,
          faultSince,
          fetchedAt,
          addresses,
          smaller);
    }
  }

  /** Of a site that lets owners name texts on the web. */
  public SourceRights(Directory directory) {
    this(directory, true);
  }

  /**
   * @param urls whether owners may name texts on the web
   */
  public SourceRights(Directory directory, boolean urls) {
    this.directory = directory;
    this.urls = urls;
  }

  /**
   * Reads named sources.
   *
   * @param before what the list has now, as it is kept
   * @param named as somebody wrote them
   */
  public Result read(List<String> before, List<String> named, Eyes eyes) {
    Set<String> kept = new LinkedHashSet<>();
    for (String one : named) {
      String source = one.strip();
      if (isUrl(source)) {
        switch (url(before, source)) {
          case Result.Kept(var url) -> kept.addAll(url);
          case Result.Unfit unfit -> {
            return unfit;
          }
          case Result.Forbidden forbidden -> {
            return forbidden;
          }
        }
        continue;
      }
      Optional<String> known =
          before.stream()
              .filter(old -> MemberSource.read(old).isPresent() && isIt(old, source))
              .findFirst();
      if (known.isPresent()) {
        kept.add(known.get());
        continue;
      }
      Optional<MailingList> list = at(source).filter(found -> eyes.on(found) != Sight.HIDDEN);
      if (list.isEmpty()) {
        return new Result.Unfit("memberSources: " + noSource(source));
      }
      Sight sight = eyes.on(list.get());
      if (sight == Sight.NONE) {
        return new Result.Forbidden(
            "memberSources: only owners of %s, operators and those who may see its members can"
                    .formatted(shorten(source))
                + " make it a source.");
      }
      kept.add(
          new OfList(list.get().id(), list.get().createdAt(), sight == Sight.SHOWN).toString());
    }
    return new Result.Kept(new ArrayList<>(kept));
  }

  private static String noSource(String source) {
    return ("there is no list \"%s\" here; a source is written as @users@lists.example.org or"
            + " https://example.org/members.txt.")
        .formatted(shorten(source));
  }

  private static boolean isUrl(String source) {
    return source.toLowerCase(Locale.ROOT).matches("https?:.*");
  }

  /** Whoever runs a list answers for what stands in a text, as for what he imports. */
  private Result url(List<String> before, String source) {
    return switch (SourceUrl.parse(source)) {
      case SourceUrl.Result.Invalid(var why) ->
          new Result.Unfit("memberSources: %s: %s".formatted(shorten(source), why));
      case SourceUrl.Result.Valid(var url) ->
          urls || before.contains(url.toString())
              ? new Result.Kept(List.of(url.toString()))
              : new Result.Forbidden(
                  "memberSources: at this site members cannot come from the web.");
    };
  }

  private boolean isIt(String stored, String named) {
    return stored.equals(named)
        || written(stored).equalsIgnoreCase(named)
        || MemberSource.read(stored)
            .filter(old -> at(named).filter(old::means).isPresent())
            .isPresent();
  }

  private Optional<MailingList> at(String named) {
    return named.startsWith(MemberSource.LIST_SIGN)
            && MailAddress.parse(named.substring(1)) instanceof ParsedAddress.Valid(var address)
        ? directory.listAt(address)
        : Optional.empty();
  }

  /**
   * A source as one writes it: with the address that its list has now, or its id when it is gone.
   */
  public String written(String stored) {
    return MemberSource.read(stored)
        .map(source ->
            MemberSource.LIST_SIGN
                + directory
                    .list(source.list())
                    .filter(source::means)
                    .map(list -> list.address().toString())
                    .orElseGet(() -> source.list().value()))
        .orElse(stored);
  }

  /** Settings with sources as one writes them. */
  public ListSettings written(ListSettings settings) {
    List<String> sources = settings.membership().memberSources();
    return sources.isEmpty()
        ? settings
        : settings.with("memberSources", sources.stream().map(this::written).toList());
  }

  /** Of a text on the web the host, for the rest may be a secret; of a list all. */
  public static String hostOnly(String source) {
    return MemberSource.isUrl(source) ? new MemberSource.OfUrl(source).host() : source;
  }

  /** The sources of a list, and what is wrong with them. */
  public List<Shown> shown(MailingList list) {
    return list.settings().membership().memberSources().stream()
        .map(source -> shown(list, source))
        .toList();
  }

  private Shown shown(MailingList owner, String stored) {
    if (MemberSource.isUrl(stored)) {
      return Shown.text(stored, directory.fetched(owner.id(), stored).orElse(null));
    }
    OfList source = MemberSource.read(stored).orElse(null);
    if (source == null) {
      return Shown.list(stored, null, false, "It was never looked at: name it once more.");
    }
    MailingList list = directory.list(source.list()).filter(source::means).orElse(null);
    if (list == null) {
      return Shown.list(
          written(stored), null, false, "This list is gone; nobody comes from it any more.");
    }
    return source.gives(list)
        ? Shown.list(written(stored), list.address(), true, null)
        : Shown.list(
            written(stored),
            list.address(),
            false,
            "This list does not show its members any more, and its owners did not name it here.");
  }

  /** The lists that get members from this one. */
  public List<MailingList> fedBy(MailingList list) {
    return directory.lists().stream()
        .filter(other -> MemberSource.of(other).stream().anyMatch(source -> source.means(list)))
        .toList();
  }

  private static String shorten(String source) {
    return source.length() <= 80 ? source : source.substring(0, 80) + "…";
  }
}
