package org.milena.listexpander.preparation.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.milena.common.event.Sentence;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.MailCharsets;
import org.milena.common.header.OneLine;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ContentFilterSettings;
import org.milena.listexpander.preparation.content.FilterOutcome.Filtered;
import org.milena.listexpander.preparation.content.FilterOutcome.NothingLeft;
import org.milena.listexpander.preparation.content.FilterOutcome.Unchanged;
import org.milena.listexpander.sentence.Phrase;

/**
 * Takes out of a post what a list does not want, in Mailman's order: by type, by extension; then
 * the first of alternatives stays; then HTML becomes text.
 *
 * <p>Containers (multipart) are asked for in {@code passTypes} only where that names any of them:
 * who lets {@code text/plain} pass means text wherever it stands. Signed and encrypted ones are
 * judged as a whole and never opened, so {@code passTypes} must name them.
 */
public final class ContentFilter {
  private static final String FILTERED_BY = "X-Content-Filtered-By";
  private static final byte[] NOTHING = {};
  private static final int MAX_CHANGES = 20;
  private static final int MAX_NAME = 80;

  private final ContentFilterSettings settings;
  private final Set<String> filterTypes;
  private final Set<String> passTypes;
  private final Set<String> filterExtensions;
  private final Set<String> passExtensions;
  private final boolean containersNamed;
  private final List<Sentence> changes = new ArrayList<>();

  /** What stays of each container of which not all stays as it is. */
  private final Map<MimePart, List<MimePart>> left = new IdentityHashMap<>();

  private ContentFilter(ContentFilterSettings settings) {
    this.settings = settings;
    this.filterTypes = types(settings.filterTypes());
    this.passTypes = types(settings.passTypes());
    this.filterExtensions = extensions(settings.filterExtensions());
    this.passExtensions = extensions(settings.passExtensions());
    this.containersNamed = passTypes.stream().anyMatch(type -> type.startsWith("multipart"));
  }

  /** Filters a message. */
  public static FilterOutcome filter(RawMessage message, ContentFilterSettings settings) {
    return settings.filterContent() ? new ContentFilter(settings).filter(message) : new Unchanged();
  }

  private FilterOutcome filter(RawMessage message) {
    Optional<MimePart> read = MimeReader.read(message);
    if (read.isEmpty()) {
      return new NothingLeft(Phrase.TOO_MANY_PARTS.say());
    }
    MimePart root = read.get();
    Optional<String> whole = objection(root);
    if (whole.isPresent()) {
      return new NothingLeft(Phrase.KIND_MAY_NOT_STAY.say(whole.get()));
    }
    if (!stays(root)) {
      return new NothingLeft(Phrase.NOTHING_MAY_STAY.say(Phrase.WITHOUT_PARTS.say(changes)));
    }
    return rewritten(message, root);
  }

  /** Whether something of this part stays; notes what does. */
  private boolean stays(MimePart part) {
    Optional<String> objection = objection(part);
    if (objection.isPresent()) {
      note(Phrase.WITHOUT_PART.say(objection.get()));
      return false;
    }
    if (part.children.isEmpty()) {
      return true;
    }
    List<MimePart> staying = new ArrayList<>();
    for (MimePart child : part.children) {
      if (stays(child)) {
        staying.add(child);
      }
    }
    if (!staying.isEmpty() && settings.collapseAlternatives() && isAlternative(part)) {
      note(Sentence.plain("one of " + part.children.size() + " alternatives"));
      staying = List.of(staying.getFirst());
    }
    left.put(part, staying);
    return !staying.isEmpty();
  }

  private static boolean isAlternative(MimePart part) {
    return part.type.equals("multipart/alternative");
  }

  /** What about this part, looked at from outside, may not stay. */
  private Optional<String> objection(MimePart part) {
    if (matches(filterTypes, part.type)) {
      return Optional.of(words(part));
    }
    if (!passTypes.isEmpty() && !isTransparent(part) && !matches(passTypes, part.type)) {
      return Optional.of(words(part));
    }
    String extension = part.fileName().map(ContentFilter::extension).orElse("");
    if (!extension.isEmpty()
        && (filterExtensions.contains(extension)
            || (!passExtensions.isEmpty() && !passExtensions.contains(extension)))) {
      return Optional.of(words(part));
    }
    return Optional.empty();
  }

  /** Whether its parts are asked in its place. */
  private boolean isTransparent(MimePart part) {
    return part.isMultipart()
        ? !part.isSealed() && !containersNamed
        : !part.children.isEmpty() && passTypes.stream().noneMatch(t -> t.startsWith("message"));
  }

  private static boolean matches(Set<String> types, String type) {
    return types.contains(type) || types.contains(type.substring(0, type.indexOf('/')));
  }

  private static String words(MimePart part) {
    String type = OneLine.of(part.type, MAX_NAME);
    return part.fileName().map(name -> type + " " + OneLine.of(name, MAX_NAME)).orElse(type);
  }

  /** What is only noted where something stays is told in the story alone, which is English. */
  private void note(Sentence change) {
    if (changes.size() < MAX_CHANGES) {
      changes.add(change);
    } else if (changes.size() == MAX_CHANGES) {
      changes.add(Phrase.AND_MORE.say());
    }
  }

  private FilterOutcome rewritten(RawMessage message, MimePart root) {
    MimePart top = root;
    while (collapses(top)) {
      top = kept(top).getFirst();
    }
    byte[] octets = message.unsafeBytes();
    if (converts(top)) {
      byte[] text = text(octets, top);
      return filtered(MessageBody.of(message, TextPart.fields(text), TextPart.body(text)));
    }
    Cutting cutting = new Cutting(octets, top.bodyStart);
    editChildren(top, cutting);
    if (top == root && !cutting.changed()) {
      return new Unchanged();
    }
    byte[] body = cutting.upTo(top.end);
    return filtered(
        top == root
            ? MessageBody.of(message, body)
            : MessageBody.of(message, MessageBody.contentFields(top.header), body));
  }

  private Filtered filtered(RawMessage message) {
    return new Filtered(
        HeaderEditor.of(message).remove(FILTERED_BY).prependRaw(FILTERED_BY, "Milena").toMessage(),
        Sentence.texts(changes));
  }

  private List<MimePart> kept(MimePart part) {
    return left.getOrDefault(part, List.of());
  }

  private boolean collapses(MimePart part) {
    return settings.collapseAlternatives() && isAlternative(part) && !part.children.isEmpty();
  }

  private boolean converts(MimePart part) {
    return settings.htmlToText()
        && part.type.equals("text/html")
        && TransferEncoding.isKnown(part.transferEncoding());
  }

  private void editChildren(MimePart part, Cutting cutting) {
    Set<MimePart> staying = Collections.newSetFromMap(new IdentityHashMap<>());
    staying.addAll(kept(part));
    for (MimePart child : part.children) {
      if (staying.contains(child)) {
        edit(child, cutting);
      } else {
        cutting.replace(child.delimiter, child.next, NOTHING);
      }
    }
  }

  private void edit(MimePart part, Cutting cutting) {
    if (collapses(part)) {
      MimePart chosen = kept(part).getFirst();
      cutting.replace(part.start, chosen.start, NOTHING);
      edit(chosen, cutting);
      cutting.replace(chosen.end, part.end, NOTHING);
    } else if (converts(part)) {
      cutting.replace(part.start, part.end, TextPart.of(text(cutting.source(), part)));
    } else {
      editChildren(part, cutting);
    }
  }

  /** HTML as text, in UTF-8. */
  private byte[] text(byte[] octets, MimePart part) {
    note(Sentence.plain("HTML as text"));
    byte[] content =
        TransferEncoding.decode(
                Arrays.copyOfRange(octets, part.bodyStart, part.end), part.transferEncoding())
            .orElseThrow();
    String html = MailCharsets.decode(content, 0, content.length, part.charset());
    return HtmlText.of(html).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String extension(String fileName) {
    int end = fileName.length();
    while (end > 0 && (fileName.charAt(end - 1) <= ' ' || fileName.charAt(end - 1) == '.')) {
      end--; // Windows drops them when it saves the file
    }
    String name = fileName.substring(0, end);
    return name.substring(name.lastIndexOf('.') + 1).length() == name.length()
        ? ""
        : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Set<String> types(List<String> entries) {
    Set<String> types = new HashSet<>();
    for (String entry : entries) {
      String type = entry.strip().toLowerCase(Locale.ROOT);
      types.add(type.endsWith("/*") ? type.substring(0, type.length() - 2) : type);
    }
    types.remove("");
    return types;
  }

  private static Set<String> extensions(List<String> entries) {
    Set<String> extensions = new HashSet<>();
    for (String entry : entries) {
      String extension = entry.strip().toLowerCase(Locale.ROOT);
      extensions.add(extension.startsWith(".") ? extension.substring(1) : extension);
    }
    extensions.remove("");
    return extensions;
  }
}
