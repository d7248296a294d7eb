package org.milena.listexpander.list;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberSource;
import org.milena.common.directory.MemberSource.OfList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.ListSettings;

/**
 * What becomes of the sources that somebody names for a list, and how they are shown.
 *
 * <p>Whoever names a list must run it, and then gets all of its members, or see its members, and
 * then gets those that its roster shows as long as it shows any. Sources that the list has already
 * stay whoever changes it: the right was looked at when they were named.
 */
public final class SourceRights {
  private final Directory directory;

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
   * @param fault why none do
   */
  public record Shown(
      String source, @Nullable MailAddress list, boolean gives, @Nullable String fault) {}

  public SourceRights(Directory directory) {
    this.directory = directory;
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
    return source.toLowerCase(Locale.ROOT).startsWith("https:")
        ? "members cannot come from a web address in this version: %s.".formatted(shorten(source))
        : "there is no list \"%s\" here; a source is written as @users@lists.example.org."
            .formatted(shorten(source));
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

  /** The sources of a list, and what is wrong with them. */
  public List<Shown> shown(MailingList list) {
    return list.settings().membership().memberSources().stream().map(this::shown).toList();
  }

  private Shown shown(String stored) {
    OfList source = MemberSource.read(stored).orElse(null);
    if (source == null) {
      return new Shown(stored, null, false, "It was never looked at: name it once more.");
    }
    MailingList list = directory.list(source.list()).filter(source::means).orElse(null);
    if (list == null) {
      return new Shown(
          written(stored), null, false, "This list is gone; nobody comes from it any more.");
    }
    return source.gives(list)
        ? new Shown(written(stored), list.address(), true, null)
        : new Shown(
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
