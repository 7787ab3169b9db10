package dev.daypass.intent;

/// Words for doing, in groups that stand for one kind of action. A line is a group, what it
/// licenses, and its words; a word may stand in several. `a+b` is `a` followed by `b` within three
/// words (`get+rid`).
final class Verbs {
    /// group | licensed traits | words
    static final String TABLE =
            """
            look     | read                    | find search get show list look read fetch download view check compare see browse open retrieve query what which when where who whose whom how why display summarize summarise summary tell count available recommend suggest review inspect verify confirm print locate identify determine calculate compute estimate convert analyse analyze monitor watch track report access pull give provide know learn lookup look+up examine explore study peek dig scan extract grep cat tail ls pwd wc du diff sort head is are does do did can has have was were was any let+know walk+through catch+up total sum average mean need want remind break+down fill+in gimme gime pls see+whether find+out look+into dig+out dig+up pull+up bring+up read+out hand+over trace scroll skim peruse follow list+up sum+up digest recap outline interested wonder curious unsure figure+out work+out tally enquire inquire ask+for got gate remaining left due next preview estimate translate define spell route navigate directions
            create   | write                   | create make generate draft write compose raise log record open issue register enter build provision launch start spin+up set+up setup draw+up prepare produce insert touch mkdir file put initialize initialise init submit upload import jot note note+down save store establish form define declare set+up make+me jot+down write+down put+together whip+up kick+off open+up draft file note+that enter scribble instantiate mint knock+up take take+backup
            add      | write                   | add append include put insert extend join enrol enroll tag label link mark+as assign put+down pop chuck stick apply associate put+on put+in pencil+in throw+in slip jot stick drop+in sling tick bung let+into open+up
            update   | write                   | update change edit modify set adjust correct fix rename revise alter amend switch turn mark flag toggle move edit put replace rewrite overwrite resize scale increase decrease raise lower bump reduce enable disable activate deactivate pause resume start stop restart reboot turn+on turn+off lock unlock arm disarm dim brighten configure tweak convert complete close resolve reopen merge approve reject accept decline star unstar pin unpin mute unmute archive unarchive restore assign reassign unassign promote demote transition sync submit swap save echo make write fill press release engage adjust shift reset customise customize personalize change+to crank tune redo refresh set+to make+it correct+to swap+for extend prolong shorten renew green-light greenlight okay sign+off accept+it hush silence mute unmute snooze close shut open play pause skip engage power switch+on switch+off turn+down crank+up dim fade cover uncover hide show+up vacuum dock tidy tick+off check+off cross+off check+in check+out mark+off transfer+to hand+over raise+to make+public make+private lower+to put+back patch upgrade downgrade retitle reword reopen re-open rephrase fill amend tighten loosen expand collapse trim widen bring+down ramp slash cap point make take+to bring+to give grant
            delete   | write delete            | delete remove erase clear purge drop discard bin trash wipe destroy rid scrap prune dump uninstall terminate kill rm rmdir unlink throw+away chuck+out tear+down take+down clean+up clean+out get+rid shred nuke empty detach unassign decommission ditch junk nix axe toss forget strike cross+out wipe+out do+away lose nuke zap expunge flush weed+out rid+of clear+out take+off take+out pull dismantle undo kick kick+out boot strip clean
            cancel   | write delete            | cancel abort revoke rescind withdraw void retract call+off terminate undo drop scrap kill stop end unsubscribe call+it+off stop not+go+ahead pull+out back+out bail scrub annul quash knock+on+the+head nullify call
            move     | write                   | move rename relocate mv transfer shift file archive put organize organise put+into put+in shift+to take+to drop+into stick+in file+under pull+into
            copy     | write                   | copy duplicate clone cp replicate back+up backup snapshot mirror fork
            postpone | write                   | reschedule move postpone push shift delay bring+forward rebook defer advance push+back put+back put+off bring+forward change+date slide bump reslot
            send     | write outward           | ask warn send mail email e-mail message text ping forward dm write reply respond answer post shoot drop deliver relay dispatch let+know notify inform tell+them tell+him tell+her contact submit fire+off shoot+over drop+line drop+note fling beam reach+out get+in+touch write+to poke hit+up buzz dispatch mail+out chase whisper
            notify   | write outward           | ask notify inform alert remind ping page warn message tell let+know announce nudge ping+me buzz flag+up heads-up heads+up shout poke
            publish  | write outward           | publish post tweet share announce broadcast retweet blog release upload mention put+up put+out announce shout push+out go+live
            reply    | write outward           | reply respond answer comment write+back get+back react chime answer+back get+back write+back say+back chime+in
            comment  | write outward           | comment note remark reply annotate leave respond chime+in weigh+in note+on add+note
            forward  | write outward           | forward fwd pass+on send relay pass+along pass+it send+on hand+on fwd
            share    | write outward           | share give+access send shared+with give+view give+read let+see open+up+to make+available send
            invite   | write outward identity  | invite add ask bring onboard enrol enroll include bring+on+board have+join loop+in rope+in let+in add+to take+on hire let+into give+access
            pay      | write money outward     | pay settle transfer wire remit deposit withdraw fund top+up charge donate tip reimburse spend cover contribute pay+off pay+for send+money move+money square+up chip+in put+towards wire+over
            buy      | write money             | buy purchase order checkout check+out get acquire pick+up rebuy reorder place+order grab restock pick+up snap+up get+me order+me need+new
            sell     | write money             | sell trade liquidate offload
            bill     | write money outward     | bill invoice charge
            refund   | write money outward     | refund reimburse return chargeback money+back send+back pay+back get+back money+back send+back give+back
            book     | write                   | book reserve schedule arrange rent hire secure plan+in put+down pencil+in fix+up set+up make+appointment sign+up line+up put+me+down put+her+down put+him+down pencil+me get+seat get+table get+ticket get+room get+appointment see+doctor hold take grab find+me+a request arrange+for
            schedule | write                   | schedule arrange plan book set+up put+down pencil+in put+on
            remind   | write                   | remind
            identity | write identity          | login log+in sign+in authenticate register sign+up logout log+out sign+out sign authorize authorise impersonate log+me sign+me let+me+in
            secret   | write secret            | rotate regenerate reveal renew reissue
            admin    | write admin             | configure administer manage grant promote demote ban block unblock suspend deactivate provision block unblock lock+out ban deactivate turn+off kick disable enable set+limit restrict
            follow   | write                   | follow unfollow subscribe unsubscribe watch unwatch star unlike react vote upvote get+off get+me+off opt+out
            leave    | write                   | leave quit exit unsubscribe opt+out get+out get+off get+me+off drop+out
            run      | write                   | run execute trigger start launch deploy invoke rerun rebuild build call kick+off fire+up set+off spin activate
            attach   | write                   | attach upload enclose add
            submit   | write                   | submit file lodge hand+in request apply claim put+in hand+in turn+in send+in put+through get+back claim raise report
            convert  | read write              | convert calculate compute translate transform
            rename   | write                   | rename retitle relabel call
            replace  | write                   | replace swap overwrite rewrite substitute exchange
            restore  | write                   | restore recover undelete revert undo reinstate roll+back get+back bring+back put+back resurrect roll rollback unarchive
            enable   | write                   | enable activate unmute arm turn+on switch+on put+on power+on engage start fire+up light
            disable  | write                   | disable deactivate disarm turn+off switch+off shut+off power+off kill cut stop pause
            pause    | write                   | pause suspend hold snooze halt freeze stop
            resume   | write                   | resume continue unpause restart unfreeze
            approve  | write                   | approve accept green-light greenlight okay ok sign+off confirm wave+through give+nod allow
            reject   | write                   | reject decline refuse deny turn+down knock+back say+no
            close    | write                   | close shut resolve complete finish done tick+off check+off wrap+up conclude
            reopen   | write                   | reopen re-open
            lock     | write                   | lock secure bolt
            unlock   | write                   | unlock unbolt open
            block    | write                   | block freeze suspend ban lock+out bar blacklist kick
            unblock  | write                   | unblock unfreeze unban reactivate whitelist
            mute     | write                   | mute hush silence quiet snooze
            unmute   | write                   | unmute
            archive  | write                   | archive shelve mothball
            merge    | write                   | merge combine consolidate join squash unify
            mark     | write                   | mark flag star tick label set
            assign   | write                   | assign hand reassign delegate allocate goes+to pass+to hand+over put+on
            unassign | write                   | unassign
            resize   | write                   | resize scale grow shrink upgrade downgrade enlarge
            restart  | write                   | restart reboot bounce cycle power+cycle
            start    | write                   | start launch begin boot run kick+off commence
            stop     | write                   | stop halt end shut+down terminate quit kill turn+off switch+off
            install  | write                   | install
            renew    | write                   | renew extend prolong refill repeat
            pin      | write                   | pin stick
            unpin    | write                   | unpin
            transfer | write                   | transfer hand+over move wire
            open     | write                   | open
            play     | write                   | play put+on stream
            dim      | write                   | dim brighten lower raise
            check-in | write                   | check+in checkin register tick+off
            request  | write                   | request ask apply order put+in
            apply    | write                   | apply use put redeem
            upload   | write                   | upload put+up attach
            download | read                    | download save pull export fetch
            rate     | write                   | rate review score
            detach   | write                   | detach unlink disconnect remove separate
            rotate   | write                   | rotate regenerate reissue cycle
            reset    | write                   | reset reinitialise reinitialize
            tag      | write                   | tag label categorise categorize file
            untag    | write delete            | untag remove take+off
            log      | write                   | log record note enter track jot
            sign     | write                   | sign
            plan     | write                   | plan schedule set+up arrange
            edit     | write                   | edit correct fix change amend update\
            """;

    private Verbs() {}
}
