package org.milena.common.event;

import java.util.function.Function;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.ReversePath;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The one JSON of records, headers and the REST API: addresses and ids are strings, times ISO 8601,
 * unknown fields are ignored (a newer version wrote them).
 */
public final class MailJson {

  /** The mail types as strings; for mappers that are configured elsewhere. */
  public static SimpleModule module() {
    SimpleModule module = new SimpleModule("milena-mail");
    add(module, MailAddress.class, MailAddress::toString, MailAddress::of);
    add(module, ReversePath.class, ReversePath::wire, ReversePath::of);
    add(module, ForwardPath.class, ForwardPath::wire, ForwardPath::of);
    add(module, MailId.class, MailId::toString, MailId::of);
    add(module, ListId.class, ListId::value, ListId::of);
    add(module, MessageId.class, MessageId::value, MessageId::new);
    return module;
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /** The mapper of records. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** JSON bytes, UTF-8. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** JSON text. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * @throws UnreadableRecordException when the bytes are no such JSON
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new UnreadableRecordException(
          "not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * @throws UnreadableRecordException when the text is no such JSON
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new UnreadableRecordException(
          "not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static <T> void add(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    ValueSerializer<T> serializer =
        new ValueSerializer<>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(write.apply(value));
          }
        };
    module.addSerializer(type, serializer);
    module.addDeserializer(
        type,
        new ValueDeserializer<T>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) {
            try {
              return read.apply(in.getString());
            } catch (IllegalArgumentException e) {
              return context.reportInputMismatch(type, "%s", e.getMessage());
            }
          }
        });
  }

  private MailJson() {}
}
