package phalanx.proxy.admin;

import java.util.List;

/** Events that clients read at their own pace: asked for, never pushed, so that a slow one costs nothing. Any thread; nothing waits. */
public interface EventSource {
    /** An event. @param id grows; what a client resumes from  @param name its kind, one word  @param data one line */
    record Event(long id, String name, String data) {}

    /** The events behind a number, oldest first. @param most that are wanted */
    List<Event> after(long id, int most);

    /** Has somebody told when there is more. @return ends it */
    Runnable tell(Runnable who);
}
