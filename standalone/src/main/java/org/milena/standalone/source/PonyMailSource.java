package org.milena.standalone.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Posts of Apache Pony Mail, which keeps the octets of each message as it got them. */
public final class PonyMailSource {

  /** Takes a whole message as one string. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(2 * PostSource.MAX_MESSAGE)
                          .build())
                  .build())
          .build();

  /**
   * From the search engine of a Pony Mail.
   *
   * @param prefix what the names of its indices begin with
   * @param address of the list there
   * @throws UnfitSourceException when the URL is none
   */
  public static PostSource at(URI server, String prefix, String address)
      throws UnfitSourceException {
    if (server.getHost() == null) {
      throw new UnfitSourceException(server + " is no URL of a server.");
    }
    return new PonyMailServer(server, prefix, address);
  }

  /** From files with its documents. */
  public static PostSource of(List<Path> files, String address) {
    return new PonyMailDump(files, address);
  }

  private PonyMailSource() {}
}
