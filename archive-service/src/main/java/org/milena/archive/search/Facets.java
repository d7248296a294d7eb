package org.milena.archive.search;

import java.util.List;
import org.milena.archive.message.Person;
import org.milena.common.mail.ListId;

/**
 * What found posts are like, counted: behind a first page that shows a state of the archive, in
 * that state; else in that of the moment in which it was counted, so that a post that came or went
 * between that and the search makes them differ.
 *
 * @param lists most posts first
 * @param authors most posts first; those with the most only
 * @param years newest first
 * @param withAttachment how many have one
 * @param patches how many are patches
 */
public record Facets(
    List<OfList> lists,
    List<OfAuthor> authors,
    List<OfYear> years,
    long withAttachment,
    long patches) {

  public Facets {
    lists = List.copyOf(lists);
    authors = List.copyOf(authors);
    years = List.copyOf(years);
  }

  /** Found posts to a list. */
  public record OfList(ListId list, long posts) {}

  /**
   * Found posts of an author.
   *
   * @param author with the name that is most frequent in them, and the address in small letters
   */
  public record OfAuthor(Person author, long posts) {}

  /** Found posts of a year, UTC. */
  public record OfYear(int year, long posts) {}
}
