package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code stats} answers. Numbers of people and threads are of the mails that are here.
 *
 * @param firstYear of all mails that match at any time; 1970 where there are none
 * @param activeMonths how many mails match in a month, at any time
 * @param hits how many mails match at the time that was asked for; {@code emails} has the newest of
 *     them where they are more than a request is made of
 * @param numparts how many people wrote them
 * @param noThreads how many threads they are of
 * @param name the part of the list's address before the {@code @}, as it was asked for
 * @param searchParams what was asked for
 * @param unixtime now, seconds since 1970
 * @param emails earliest first
 * @param threadStruct who answers whom; absent where nobody asked for it
 * @param participants those who wrote most; likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatsJson(
    int firstYear,
    int firstMonth,
    int lastYear,
    int lastMonth,
    @JsonProperty("active_months") Map<String, Long> activeMonths,
    long hits,
    int numparts,
    @JsonProperty("no_threads") int noThreads,
    String name,
    String domain,
    String list,
    String searchlist,
    Map<String, String> searchParams,
    long unixtime,
    List<MailJson> emails,
    @JsonProperty("thread_struct") @Nullable List<BranchJson> threadStruct,
    @Nullable List<ParticipantJson> participants) {

  /**
   * A mail and what answers it.
   *
   * @param tid id of the mail
   * @param nest how deep it is, from 1
   * @param tsubject what it is about, without {@code Re:}, and the list
   */
  record BranchJson(
      String tid,
      int nest,
      long epoch,
      String subject,
      String tsubject,
      List<BranchJson> children) {}

  /**
   * Somebody who wrote.
   *
   * @param gravatar MD5 of the address as it is shown
   */
  record ParticipantJson(String name, String email, int count, String gravatar) {}
}
