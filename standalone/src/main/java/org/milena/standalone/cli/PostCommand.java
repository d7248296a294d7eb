package org.milena.standalone.cli;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena post}. */
@Command(
    name = "post",
    description = "Writes to a list, as the account that signs in.",
    mixinStandardHelpOptions = true)
final class PostCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  @Parameters(paramLabel = "LIST")
  private String list = "";

  @Option(names = "--subject", required = true, description = "Its subject.")
  private String subject = "";

  @Option(
      names = "--text-file",
      paramLabel = "FILE",
      defaultValue = TextInput.STANDARD,
      description = "Its text, in UTF-8; - is what is typed or piped in, as without this option.")
  private String file = TextInput.STANDARD;

  @Option(names = "--from", description = "An address of the account, instead of its first.")
  private @Nullable String from;

  @Option(names = "--name", description = "The author's name, beside the address.")
  private @Nullable String name;

  @Option(
      names = "--in-reply-to",
      paramLabel = "MESSAGE-ID",
      description = "The post that it answers.")
  private @Nullable String inReplyTo;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Sends once more what failed: the key that was shown then. It is one post.")
  private @Nullable String key;

  @Override
  public void run() {
    ObjectNode body = Api.object().put("subject", subject).put("text", TextInput.read(file));
    put(body, "from", from);
    put(body, "displayName", name);
    put(body, "inReplyTo", inReplyTo);
    JsonNode sent = send(body);
    answer.show(
        sent,
        "It is on its way as %s; what becomes of it: milena trace %s"
            .formatted(Words.text(sent, "mailId"), Words.text(sent, "mailId")));
  }

  private JsonNode send(ObjectNode body) {
    String once =
        key == null ? MailId.next(InstantSource.system(), new SecureRandom()).toString() : key;
    try {
      return answer.api().post(Api.path("lists", list, "posts"), body, "Idempotency-Key", once);
    } catch (CliFailure.Refused e) {
      throw e;
    } catch (CliFailure e) {
      throw new CliFailure(
          "%s Should you send it again, add --key %s: it is one post then."
              .formatted(e.getMessage(), once),
          e);
    }
  }

  private static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }
}
