package org.milena.listexpander.notice;

import java.util.HashMap;
import java.util.Map;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.template.Placeholder;

/** The values of {@link Placeholder#OF_LIST}. */
final class ListValues {
  private static final int MAX_NAME = 200;

  /** Those of a list, to be added to. */
  static Map<String, String> of(MailingList list, SiteUrls urls) {
    Map<String, String> values = new HashMap<>();
    values.put("listname", list.address().toString());
    values.put("list_id", list.id().value());
    values.put("display_name", name(list));
    values.put("short_listname", list.address().localPart());
    values.put("domain", list.address().domain());
    values.put("description", list.description().strip());
    values.put("request_email", list.roleAddress("request").toString());
    values.put("owner_email", list.roleAddress("owner").toString());
    values.put("join_email", list.roleAddress("subscribe").toString());
    values.put("leave_email", list.roleAddress("unsubscribe").toString());
    values.put("list_url", urls.list(list.address()));
    values.put("archive_url", urls.archive(list.address()));
    values.put("manage_url", urls.manage(list.address()));
    return values;
  }

  /** What the list is called; where it has no name, by its address. */
  private static String name(MailingList list) {
    String name = OneLine.of(list.displayName(), MAX_NAME);
    return name.isEmpty() ? list.address().localPart() : name;
  }

  private ListValues() {}
}
