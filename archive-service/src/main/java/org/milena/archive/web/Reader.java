package org.milena.archive.web;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.AddressMask;
import org.milena.archive.message.Person;
import org.milena.archive.message.PostText;
import org.milena.archive.rendering.TextCut;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;

/** Whoever sent this request: which lists it may read, and how it sees addresses. */
public final class Reader {
  private final ListAccess access;
  private final boolean publicRaw;

  /**
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public Reader(ListAccess access, boolean publicRaw) {
    this.access = access;
    this.publicRaw = publicRaw;
  }

  /** The list with this address, if this reader may read its archive. */
  public MailingList list(String address) {
    MailingList list = access.require(address);
    if (!access.mayRead(list)) {
      String sentence = "The archive of " + list.address() + " is for its members.";
      throw Caller.current().signedIn()
          ? ApiProblem.forbidden(sentence)
          : ApiProblem.unauthorized(sentence + " Sign in to read it.");
    }
    return list;
  }

  /** Whether this reader gets messages as they are; else without addresses. */
  public boolean mayHaveWholeMessages() {
    return publicRaw || Caller.current().signedIn();
  }

  /** Whether everybody may read it. */
  public static boolean isOpen(MailingList list) {
    return list.settings().archive().archiveAccess() == ArchiveAccess.PUBLIC;
  }

  /** Whether searching machines may show it: it is open, does not hide itself, and wants it. */
  public static boolean isFindable(MailingList list) {
    return list.settings().archive().archived()
        && isOpen(list)
        && list.settings().archive().archiveFindable()
        && list.settings().membership().advertised();
  }

  /** Whether the list is named to this reader unasked: it may be read, and does not hide itself. */
  boolean isListed(MailingList list) {
    return mayRead(list) && (list.settings().membership().advertised() || access.belongs(list));
  }

  /**
   * The lists that a search looks through: those that are named to this reader unasked, and the one
   * that he named.
   *
   * @param named only this list; null for all
   */
  public Predicate<MailingList> searched(@Nullable MailingList named) {
    return list -> {
      boolean isNamed = named != null && list.id().equals(named.id());
      return isNamed ? mayRead(list) : isListed(list);
    };
  }

  /** Whether this reader may read a list, whether it is shown or not. */
  public boolean mayRead(MailingList list) {
    return access.mayRead(list);
  }

  /**
   * An archive id in a request.
   *
   * @throws ApiProblem 404 when it is none
   */
  public static ArchiveId id(String text) {
    if (!ArchiveId.isOne(text)) {
      throw ApiProblem.notFound("There is no post " + text + " here.");
    }
    return ArchiveId.of(text);
  }

  /** Whether addresses are hidden from this reader. */
  public static boolean masks() {
    return !Caller.current().signedIn();
  }

  /** Text as this reader sees it. */
  public static String text(String text) {
    return masks() ? AddressMask.mask(text) : text;
  }

  /** The text of a post as this reader sees it. */
  static PostText text(PostText text) {
    return masks() ? TextCut.changed(text, AddressMask::mask) : text;
  }

  /** Somebody as this reader sees them. */
  public static Person person(Person person) {
    return new Person(text(person.name()), text(person.address()));
  }
}
