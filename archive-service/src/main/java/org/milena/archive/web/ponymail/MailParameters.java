package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Which mails, as Pony Mail asks for them.
 *
 * @param list the part of an address before the {@code @}, {@code *} for any, or the whole address
 * @param domain the part behind it; {@code *} for any
 * @param d a month, {@code lte=1M}, {@code gte=2w}, or {@code dfr=2026-1-5|dto=2026-1-9}
 * @param date a month
 * @param s the first month, with {@code e}
 * @param e the last month, with {@code s}
 * @param dfrom so many days ago, with {@code dto}
 * @param dto for so many days, with {@code dfrom}
 * @param q words and phrases
 * @param quick only numbers and moments
 * @param emailsOnly without threads and participants
 * @param since whether there is one from after this moment, seconds since 1970; empty for now
 */
record MailParameters(
    @Nullable String list,
    @Nullable String domain,
    @Nullable String d,
    @Nullable String date,
    @Nullable String s,
    @Nullable String e,
    @Nullable String dfrom,
    @Nullable String dto,
    @Nullable String q,
    @BindParam("header_from") @JsonProperty("header_from") @Nullable String headerFrom,
    @BindParam("header_to") @JsonProperty("header_to") @Nullable String headerTo,
    @BindParam("header_subject") @JsonProperty("header_subject") @Nullable String headerSubject,
    @BindParam("header_body") @JsonProperty("header_body") @Nullable String headerBody,
    @BindParam("header_messageid") @JsonProperty("header_messageid")
        @Nullable String headerMessageId,
    @Nullable String quick,
    @Nullable String emailsOnly,
    @Nullable String since) {

  boolean isQuick() {
    return isOn(quick);
  }

  boolean isEmailsOnly() {
    return isOn(emailsOnly);
  }

  /** Pony Mail takes any word for yes. */
  static boolean isOn(@Nullable String flag) {
    return flag != null && !flag.equals("false");
  }

  /** What was said, as it was said. */
  Map<String, String> said() {
    Map<String, String> said = new LinkedHashMap<>();
    put(said, "list", list);
    put(said, "domain", domain);
    put(said, "d", d);
    put(said, "date", date);
    put(said, "s", s);
    put(said, "e", e);
    put(said, "dfrom", dfrom);
    put(said, "dto", dto);
    put(said, "q", q);
    put(said, "header_from", headerFrom);
    put(said, "header_to", headerTo);
    put(said, "header_subject", headerSubject);
    put(said, "header_body", headerBody);
    put(said, "header_messageid", headerMessageId);
    put(said, "quick", quick);
    put(said, "emailsOnly", emailsOnly);
    put(said, "since", since);
    return said;
  }

  private static void put(Map<String, String> said, String name, @Nullable String value) {
    if (value != null) {
      said.put(name, value);
    }
  }
}
