package org.milena.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import org.milena.standalone.cli.DemoPost.DemoPerson;
import tools.jackson.databind.node.ObjectNode;

/** The list of the demonstration: made if it is missing. */
record DemoList(Api api, String address) {

  private static final int NOT_FOUND = 404;

  void prepare() {
    if (api.status(Api.path("lists", address)) == NOT_FOUND) {
      ObjectNode list =
          Api.object()
              .put("address", address)
              .put("displayName", "Letters")
              .put("description", "A reading group, made by \"milena demo\".");
      list.putArray("owners").add(DemoPost.OWNER.address());
      // nobody can prove to be at example.org, whose DMARC record disowns all mail
      list.putObject("settings").put("disownedAction", "DEFER").put("unprovenAction", "DEFER");
      api.post(Api.path("lists"), list);
    }
    put(DemoPost.OWNER, "OWNER", "MEMBER");
    DemoPost.MEMBERS.forEach(person -> put(person, "MEMBER"));
  }

  private void put(DemoPerson person, String... roles) {
    ObjectNode member =
        Api.object().put("address", person.address()).put("displayName", person.name());
    for (String role : roles) {
      member.withArray("roles").add(role);
    }
    api.post(Api.path("lists", address, "members"), member);
  }

  /** Addresses of all who are on it. */
  List<String> members() {
    List<String> members = new ArrayList<>();
    api.eachItem(
        Api.path("lists", address, "members"),
        member -> members.add(Words.text(member, "address")));
    return members;
  }
}
