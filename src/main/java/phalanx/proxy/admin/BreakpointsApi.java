package phalanx.proxy.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.config.Values;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.breakpoint.Edit;
import phalanx.run.ForeignText;

/** The part of the admin API that stops requests and answers and lets them go on. On the event loop of the call. */
final class BreakpointsApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFAULT_STATUS = "503";

    private final Breakpoints breakpoints;

    BreakpointsApi(Breakpoints breakpoints) {
        this.breakpoints = breakpoints;
    }

    void handle(AdminCall call) {
        if (call.at("breakpoints") && !call.post()) {
            AdminJson.send(call.exchange(), AdminJson.breakpoints(JSON.createObjectNode(), breakpoints));
        } else if (call.at("breakpoints")) {
            set(call);
        } else if (!call.at("breakpoints", "", "")) {
            call.nothingHere();
        } else if (!call.post()) {
            call.otherMethod();
        } else {
            long number = Values.number(call.part(1), 1, Long.MAX_VALUE).orElse(0L);
            switch (call.part(2)) {
                case "continue" -> goOn(call, number);
                case "abort" -> done(call, breakpoints.abort(number));
                case "answer" -> answer(call, number);
                default -> call.say(404, "What has stopped can continue, abort or answer.");
            }
        }
    }

    private static void done(AdminCall call, boolean done) {
        call.say(done ? 200 : 404, done ? "done" : "Nothing of this number has stopped.");
    }

    private void set(AdminCall call) {
        Optional<String> text = call.value("set");
        if (text.isEmpty()) {
            call.say(400, "Write /breakpoints?set=BREAKPOINT;BREAKPOINT, or set= for none.");
            return;
        }
        List<Breakpoint> all = new ArrayList<>();
        for (String one : text.get().split(";", -1)) {
            Optional<Breakpoint> read = Breakpoint.read(one);
            if (!one.isBlank() && read.isEmpty()) {
                call.say(400, "This is no breakpoint: " + ForeignText.line(one) + ". Write: " + Breakpoint.FORM);
                return;
            }
            read.ifPresent(all::add);
        }
        breakpoints.set(all);
        call.say(200, "Breakpoints: " + breakpoints.all().size());
    }

    private void answer(AdminCall call, long number) {
        Optional<Long> status = Values.number(call.value("status").orElse(DEFAULT_STATUS), 200, 599);
        if (status.isEmpty()) {
            call.say(400, "A status is a number from 200 to 599.");
        } else {
            done(call, breakpoints.answer(number, status.get().intValue()));
        }
    }

    private void goOn(AdminCall call, long number) {
        Map<String, String> set = new LinkedHashMap<>();
        for (String pair : call.all("set")) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                call.say(400, "Write set=NAME:VALUE.");
                return;
            }
            set.put(pair.substring(0, colon), pair.substring(colon + 1).strip());
        }
        List<String> remove = call.all("remove");
        for (String name : set.keySet()) {
            if (!Edit.allowed(name)) {
                call.say(400, "This field cannot be set: " + ForeignText.line(name));
                return;
            }
        }
        if (remove.stream().allMatch(Edit::allowed)) {
            done(call, breakpoints.goOn(number, new Edit(set, remove)));
        } else {
            call.say(400, "What frames a message or names its host cannot be removed.");
        }
    }
}
